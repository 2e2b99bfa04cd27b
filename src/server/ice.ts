import { createHmac } from 'node:crypto';
import type { ServerPayload } from '../protocol/index.ts';

export interface IceSettings {
  stunUrls: readonly string[];
  turnUrls: readonly string[];
  /** Shared with coturn (`static-auth-secret`); empty when there is no TURN server. */
  turnSecret: string;
  turnTtlSec: number;
}

export type IceAnswer = Pick<ServerPayload<'rtc/ice_servers'>, 'iceServers' | 'expiresInMs'>;

/** 96 bits of the hash. */
const USER_CHARS = 16;

/**
 * The servers that peer connections need, with TURN credentials that end by themselves, as coturn checks them
 * ("A REST API For Access To TURN Services", draft-uberti-behave-turn-rest-00 §2.2): the name is when they end, in Unix
 * seconds, and who it is for; the password is the name signed with the shared secret. All of one `network` have one name, without
 * it being readable in it, so that coturn's quota of a user bounds what it relays.
 */
export function iceServersFor(settings: IceSettings, nowMs: number, network: string): IceAnswer {
  const { stunUrls, turnUrls, turnSecret, turnTtlSec } = settings;
  const stun = stunUrls.length > 0 ? [{ urls: [...stunUrls] }] : [];
  if (turnUrls.length === 0) return { iceServers: stun };
  const signed = (text: string) => createHmac('sha1', turnSecret).update(text);
  const user = signed(`user ${network}`).digest('base64url').slice(0, USER_CHARS);
  const username = `${Math.floor(nowMs / 1000) + turnTtlSec}:${user}`;
  const credential = signed(username).digest('base64');
  return {
    iceServers: [...stun, { urls: [...turnUrls], username, credential }],
    expiresInMs: turnTtlSec * 1000,
  };
}
