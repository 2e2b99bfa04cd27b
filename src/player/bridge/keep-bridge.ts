import type { FromPlayer } from '../../messaging/player-port.ts';
import type { BridgeClient } from './bridge-client.ts';

const LOOK_MS = 1000;
/** A page that will not have it is not asked for ever. */
const ASK_AT_MOST = 10;

/** Has the background put the page's part of the bridge in, once this frame takes part, and takes it out at the end. */
export function keepBridge(
  edges: { bridge: BridgeClient; wanted: () => boolean; send: (message: FromPlayer) => void },
  signal: AbortSignal,
): void {
  let asked = 0;
  const look = () => {
    if (!edges.wanted() || asked >= ASK_AT_MOST) return;
    if (edges.bridge.ask({ type: 'read' })) {
      asked = 0;
      return;
    }
    asked += 1;
    edges.send({ type: 'bridge' });
  };
  const timer = setInterval(look, LOOK_MS);
  look();
  signal.addEventListener('abort', () => {
    clearInterval(timer);
    edges.bridge.end();
  });
}
