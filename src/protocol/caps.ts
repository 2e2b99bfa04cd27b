/**
 * What lies beyond v1, each named once. A new message type is sent only to a peer that announced its cap, and a new
 * field of a known message is read only from one that did (docs/protocol.md, CAP).
 */
export const CAPS = ['clock', 'timeline', 'member_state', 'resume', 'history', 'roles', 'hold'] as const;
export type Cap = (typeof CAPS)[number];
