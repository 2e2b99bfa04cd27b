import { describe, expect, it } from 'vitest';
import { byPresence } from '../../src/party/index.ts';
import { Driver, joinedPayload, ROOM, completeJoin } from './support.ts';

const peer = (userId: string, displayName = userId) => ({ userId, displayName });
const order = ({ session }: Driver) => byPresence(session).map(({ userId }) => userId);
const joined = (place?: number) =>
  completeJoin(new Driver().on({ type: 'begin' }), {
    ...joinedPayload,
    peers: [peer('bob'), peer('cyd')],
    ...(place !== undefined && { place }),
  });

describe('the order of presence', () => {
  it('Later members come behind this one, and a renamed member keeps its place.', () => {
    const driver = joined();
    driver.receive('room/peer_joined', { roomId: ROOM, peer: peer('dan') });
    driver.receive('room/peer_joined', { roomId: ROOM, peer: peer('bob', 'Ada') });
    expect(order(driver)).toEqual(['bob', 'cyd', 'ada', 'dan']);
  });

  it('[JOIN-4] A returning member takes the place that the server tells.', () => {
    expect(order(joined(1))).toEqual(['bob', 'ada', 'cyd']);
  });

  it('A member that left and came back is at the end.', () => {
    const driver = joined();
    driver.receive('room/peer_left', { roomId: ROOM, userId: 'bob' });
    driver.receive('room/peer_joined', { roomId: ROOM, peer: peer('bob') });
    expect(order(driver)).toEqual(['cyd', 'ada', 'bob']);
  });
});
