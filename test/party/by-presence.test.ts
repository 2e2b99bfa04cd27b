import { describe, expect, it } from 'vitest';
import { byPresence } from '../../src/party/index.ts';
import { Driver, joinedPayload, ROOM, settle } from './support.ts';

const peer = (userId: string, displayName = userId) => ({ userId, displayName });
const order = ({ session }: Driver) => byPresence(session).map(({ userId }) => userId);
const joined = (place?: number) =>
  settle(new Driver().on({ type: 'begin' }), {
    ...joinedPayload,
    peers: [peer('bob'), peer('cyd')],
    ...(place !== undefined && { place }),
  });

describe('the order of presence', () => {
  it('has those behind me who came later, and tells of a new name in its old place', () => {
    const driver = joined();
    driver.told('room/peer_joined', { roomId: ROOM, peer: peer('dan') });
    driver.told('room/peer_joined', { roomId: ROOM, peer: peer('bob', 'Ada') });
    expect(order(driver)).toEqual(['bob', 'cyd', 'ada', 'dan']);
  });

  it('[JOIN-4] is the server’s for who comes back to an old place', () => {
    expect(order(joined(1))).toEqual(['bob', 'ada', 'cyd']);
  });

  it('puts whoever left and came anew at the end', () => {
    const driver = joined();
    driver.told('room/peer_left', { roomId: ROOM, userId: 'bob' });
    driver.told('room/peer_joined', { roomId: ROOM, peer: peer('bob') });
    expect(order(driver)).toEqual(['cyd', 'ada', 'bob']);
  });
});
