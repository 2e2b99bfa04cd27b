import { afterEach, expect, it, vi } from 'vitest';
import { Connection } from '../../src/ui/faces/connection.ts';
import type { CallTransport, TransportEvents } from '../../src/rtc/transport.ts';

/** A stay in the call whose transport says what the test lets it say. */
function startStay(peers: readonly string[]) {
  let events: TransportEvents | undefined;
  const setPeers = vi.fn<CallTransport['setPeers']>();
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
          receive: deaf,
          networkChanged: deaf,
          signalsPass: deaf,
          speak: () => undefined,
          voice: () => 0,
          leave: deaf,
        };
        return transport;
      },
      send: () => undefined,
      events: { tracks: () => undefined, report: () => undefined },
    },
  );
  connection.setPeers(peers.map((userId) => ({ userId })));
  const introduced = vi.fn<() => void>();
  void connection.introduced.then(introduced);
  return {
    connection,
    introduced,
    setPeers,
    signal: (...said: Parameters<TransportEvents['signal']>) => events?.signal(...said),
  };
}
afterEach(() => vi.useRealTimers());
const settle = () => vi.advanceTimersByTimeAsync(0);

it('a camera waits until everybody in the call has been told how to connect', async () => {
  vi.useFakeTimers();
  const { connection, introduced, signal } = startStay(['ana', 'cyd']);
  connection.iceTold({ type: 'ice_servers', iceServers: [] });
  signal('ana', 'answer', {});
  signal('cyd', 'ice', {});
  await settle();
  expect(introduced).not.toHaveBeenCalled();
  signal('cyd', 'offer', {});
  await settle();
  expect(introduced).toHaveBeenCalled();
  connection.leave();
});

it('nor longer than half a second for a browser that fails to', async () => {
  vi.useFakeTimers();
  const { connection, introduced } = startStay(['ana']);
  connection.iceTold({ type: 'ice_servers', iceServers: [] });
  await vi.advanceTimersByTimeAsync(500);
  expect(introduced).toHaveBeenCalled();
  connection.leave();
});

it('nor at all where nobody else is', async () => {
  vi.useFakeTimers();
  const { connection, introduced } = startStay([]);
  connection.iceTold({ type: 'ice_servers', iceServers: [] });
  await settle();
  expect(introduced).toHaveBeenCalled();
  connection.leave();
});

it('tells the transport whose offer is on its way, so that nothing is offered to them', () => {
  const { connection, setPeers } = startStay([]);
  connection.setPeers([{ userId: 'ana', asked: true }, { userId: 'cyd' }]);
  connection.iceTold({ type: 'ice_servers', iceServers: [] });
  expect(setPeers).toHaveBeenCalledWith(['ana', 'cyd'], new Set(['ana']));
  connection.leave();
});
