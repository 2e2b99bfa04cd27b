import type { Peer } from '../protocol/index.ts';
import type { Session } from './session.ts';

/** Everybody in the room, the longest present first: the same order for all members. */
export function byPresence({ me, peers, elders }: Pick<Session, 'me' | 'peers' | 'elders'>): Peer[] {
  const isElder = ({ userId }: Peer) => elders.includes(userId);
  return [...peers.filter(isElder), me, ...peers.filter((peer) => !isElder(peer))];
}
