import { createHmac } from 'node:crypto';
import type { ServerPayload } from '../protocol/index.ts';
import type { RandomId } from './ports.ts';

export interface IceSettings {
  stunUrls: readonly string[];
  turnUrls: readonly string[];
  /** Shared with coturn (`static-auth-secret`); empty when there is no TURN server. */
  turnSecret: string;
  turnTtlSec: number;
}

type IceTold = Pick<ServerPayload<'rtc/ice_servers'>, 'iceServers' | 'expiresInMs'>;

/**
 * The servers that peer connections need, with TURN credentials that end by themselves, as coturn checks them
 * ("A REST API For Access To TURN Services", draft-uberti-behave-turn-rest-00 §2.2): the name is when they end, in Unix
 * seconds, and a random part; the password is the name signed with the shared secret.
 */
export function iceServersFor(settings: IceSettings, nowMs: number, randomId: RandomId): IceTold {
  const { stunUrls, turnUrls, turnSecret, turnTtlSec } = settings;
  const stun = stunUrls.length > 0 ? [{ urls: [...stunUrls] }] : [];
  if (turnUrls.length === 0) return { iceServers: stun };
  const username = `${Math.floor(nowMs / 1000) + turnTtlSec}:${randomId()}`;
  const credential = createHmac('sha1', turnSecret).update(username).digest('base64');
  return {
    iceServers: [...stun, { urls: [...turnUrls], username, credential }],
    expiresInMs: turnTtlSec * 1000,
  };
}
