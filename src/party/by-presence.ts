import type { Peer } from '../protocol/index.ts';
import type { Session } from './session.ts';

/** All members, the longest present first: the same order for each of them. */
export function byPresence({ identity: { me }, room }: Pick<Session, 'identity' | 'room'>): Peer[] {
  const isElder = ({ userId }: Peer) => room.elders.includes(userId);
  return [...room.peers.filter(isElder), me, ...room.peers.filter((peer) => !isElder(peer))];
}
