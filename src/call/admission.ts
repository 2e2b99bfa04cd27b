import type { CallPeer } from '../messaging/call-port.ts';

/**
 * Whether this side connects to a peer. `in`: it has told that it is in the call, and everybody sees that. `asks`: it tells nothing of
 * calls, as plain v1 clients, so the person decides; `guest`: and has let it in.
 */
export type Admission = 'in' | 'guest' | 'asks' | 'out';

export function admissionOf({ media, letIn }: CallPeer): Admission {
  if (media) return media.inCall ? 'in' : 'out';
  if (letIn === undefined) return 'asks';
  return letIn ? 'guest' : 'out';
}
