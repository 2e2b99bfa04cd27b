import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { CallPeer } from '../../src/messaging/call-port.ts';
import type { CallTransport, TransportEvents } from '../../src/rtc/transport.ts';
import { Connection } from '../../src/call/connection.ts';

const IN = { inCall: true, microphone: true, camera: true };
const OUT = { inCall: false, microphone: false, camera: false };
const member = (userId: string, rest: Partial<CallPeer> = {}): CallPeer => ({
  userId,
  displayName: userId,
  media: IN,
  ...rest,
});
/** A plain v1 client: it never tells what it has on. */
const plain = (userId: string, letIn?: boolean): CallPeer => ({
  userId,
  displayName: userId,
  ...(letIn !== undefined && { letIn }),
});
const said = (fromUserId: string, kind: 'offer' | 'answer' | 'ice', data: string = kind) =>
  ({ type: 'relay', fromUserId, kind, data: { sdp: data } }) as const;

/** A stay in the call whose transport says what the test lets it say, and keeps what it was given. */
function startStay(peers: readonly CallPeer[]) {
  let events: TransportEvents | undefined;
  const setPeers = vi.fn<CallTransport['setPeers']>();
  const receive = vi.fn<CallTransport['receive']>();
  const asking = vi.fn<(userIds: readonly string[]) => void>();
  const connection = new Connection(
    'me',
    { audio: null, video: null },
    {
      createTransport: (_, __, given) => {
        events = given;
        const deaf = vi.fn<() => undefined>();
        const transport: CallTransport = {
          setIceServers: deaf,
          setPeers,
          publish: deaf,
          subscribe: deaf,
          receive,
          networkChanged: deaf,
          signalingRestored: deaf,
          setSpeaking: () => undefined,
          isSpeaking: () => null,
          audioLevel: () => 0,
          leave: deaf,
        };
        return transport;
      },
      send: () => undefined,
      events: { tracks: () => undefined, report: () => undefined, asking },
    },
  );
  connection.setPeers(peers);
  const introduced = vi.fn<() => void>();
  void connection.introduced.then(introduced);
  return {
    connection,
    introduced,
    begin: () => connection.iceTold({ type: 'ice_servers', iceServers: [] }),
    /** Whom the transport connects to, as told last. */
    named: () => setPeers.mock.lastCall?.[0].map(({ userId, guest }) => (guest ? `guest ${userId}` : userId)),
    asked: () => setPeers.mock.lastCall?.[0].filter((peer) => peer.asked).map(({ userId }) => userId),
    received: () => receive.mock.calls.map(([userId, kind]) => `${userId} ${kind}`),
    asking: () => asking.mock.lastCall?.[0],
    signal: (...words: Parameters<TransportEvents['signal']>) => events?.signal(...words),
  };
}
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(0);

it('a camera waits until everybody in the call has been told how to connect', async () => {
  const { begin, introduced, signal } = startStay([member('ana'), member('cyd')]);
  begin();
  signal('ana', 'answer', {});
  signal('cyd', 'ice', {});
  await settle();
  expect(introduced).not.toHaveBeenCalled();
  signal('cyd', 'offer', {});
  await settle();
  expect(introduced).toHaveBeenCalled();
});

it('nor longer than half a second for a browser that fails to', async () => {
  const { begin, introduced } = startStay([member('ana')]);
  begin();
  await vi.advanceTimersByTimeAsync(500);
  expect(introduced).toHaveBeenCalled();
});

it('nor at all where nobody else is in the call', async () => {
  const { begin, introduced } = startStay([plain('vera'), member('ben', { media: OUT })]);
  begin();
  await settle();
  expect(introduced).toHaveBeenCalled();
});

it('tells the transport whose offer is on its way or here, so that nothing is offered to them', () => {
  const { connection, begin, asked, named, received } = startStay([]);
  connection.setPeers([member('ana', { asked: true }), member('ben'), member('cyd')]);
  connection.relayed(said('ben', 'offer'));
  begin();
  expect(named()).toEqual(['ana', 'ben', 'cyd']);
  expect(asked()).toEqual(['ana', 'ben']);
  expect(received()).toEqual(['ben offer']);
});

it('[RTC-9] connects to nobody who is not in the call, and hears nothing of them', () => {
  const { connection, begin, named, received, asking } = startStay([member('ben', { media: OUT })]);
  connection.relayed(said('ben', 'offer'));
  connection.relayed(said('nobody', 'offer'));
  begin();
  connection.relayed(said('ben', 'offer'));
  connection.relayed(said('ben', 'ice'));
  expect(named()).toEqual([]);
  expect(received()).toEqual([]);
  expect(asking()).toEqual([]);
});

it('[RTC-9] drops who leaves the call or the room', () => {
  const { connection, begin, named } = startStay([member('ben'), member('cyd'), plain('vera', true)]);
  begin();
  expect(named()).toEqual(['ben', 'cyd', 'guest vera']);
  connection.setPeers([member('ben', { media: OUT })]);
  expect(named()).toEqual([]);
});

it('[RTC-9] asks the person about who tells nothing of calls, and only then takes what they said last', () => {
  const { connection, begin, named, received, asking } = startStay([plain('vera')]);
  begin();
  connection.relayed(said('vera', 'ice'));
  expect(asking()).toEqual([]);
  connection.relayed(said('vera', 'offer', 'first'));
  connection.relayed(said('vera', 'offer', 'second'));
  connection.relayed(said('vera', 'ice'));
  expect(asking()).toEqual(['vera']);
  expect(named()).toEqual([]);
  expect(received()).toEqual([]);
  connection.setPeers([plain('vera', true)]);
  expect(named()).toEqual(['guest vera']);
  expect(received()).toEqual(['vera offer', 'vera ice']);
  expect(asking()).toEqual([]);
});

it('[RTC-9] asks no more about who was not let in, however often it calls', () => {
  const { connection, begin, received, asking } = startStay([plain('vera')]);
  begin();
  connection.relayed(said('vera', 'offer'));
  connection.setPeers([plain('vera', false)]);
  connection.relayed(said('vera', 'offer'));
  expect(asking()).toEqual([]);
  expect(received()).toEqual([]);
});

it('forgets the question when that one leaves the room, and asks again when another comes by that name', () => {
  const { connection, begin, asking, received } = startStay([plain('vera')]);
  begin();
  connection.relayed(said('vera', 'offer'));
  connection.setPeers([]);
  expect(asking()).toEqual([]);
  connection.setPeers([plain('vera')]);
  expect(asking()).toEqual([]);
  connection.relayed(said('vera', 'offer'));
  expect(asking()).toEqual(['vera']);
  expect(received()).toEqual([]);
});

it('[RTC-7] asks about nobody while the call is full', () => {
  const seven = Array.from({ length: 7 }, (_, at) => member(`p${at}`));
  const { connection, begin, asking } = startStay([...seven, plain('vera')]);
  begin();
  connection.relayed(said('vera', 'offer'));
  expect(asking()).toEqual([]);
  connection.setPeers([...seven.slice(1), plain('vera')]);
  expect(asking()).toEqual(['vera']);
});

it('keeps of what comes too early no more than is needed to connect', () => {
  const { connection, begin, received } = startStay([member('ben')]);
  for (let at = 0; at < 200; at += 1) {
    connection.relayed(said('ben', 'offer'));
    connection.relayed(said('ben', 'ice'));
  }
  for (let at = 0; at < 200; at += 1) connection.relayed(said('ben', 'ice'));
  begin();
  expect(received()).toHaveLength(40);
});
