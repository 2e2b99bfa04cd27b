import { CALL_PORT, toCall, type FromCall, type ToCall } from '../../messaging/call-port.ts';
import type { RuntimeEdge } from '../background-link.ts';

export interface CallLink {
  send: (message: FromCall) => void;
}

const RETRY_MS = 300;

/**
 * The way from the page that holds the call to the background, laid again when it drops, until the signal aborts.
 *
 * @param claim What an overlay shows to be let in; `undefined` for a page of the extension's own.
 */
export function callLink(
  runtime: RuntimeEdge,
  claim: unknown,
  heard: (message: ToCall) => void,
  signal: AbortSignal,
): CallLink {
  let port: ReturnType<RuntimeEdge['connect']> | null = null;
  const again = () => {
    port = null;
    if (!signal.aborted) setTimeout(connect, RETRY_MS);
  };
  const connect = () => {
    if (signal.aborted) return;
    try {
      port = runtime.connect({ name: CALL_PORT });
    } catch {
      // The extension was updated under an open page.
      again();
      return;
    }
    port.onDisconnect.addListener(again);
    port.onMessage.addListener((raw) => {
      const parsed = toCall.safeParse(raw);
      if (!parsed.success) return;
      heard(parsed.data);
    });
    if (claim !== undefined) port.postMessage(claim);
  };
  connect();
  signal.addEventListener('abort', () => port?.disconnect());
  return {
    send: (message) => {
      try {
        port?.postMessage(message);
      } catch {
        // It closed between two events and is laid again.
      }
    },
  };
}
