import { decodeServerFrame } from '../../protocol/index.ts';

/** What a look at a server found, as a sentence for the person. */
export interface Finding {
  ok: boolean;
  text: string;
}

/** The part of a `WebSocket` that is used. */
export interface SocketEdge {
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'open' | 'error' | 'close', listener: () => void): void;
  close(): void;
}

const PATIENCE_MS = 5000;

/** Connects, waits for the greeting every StreamSync server sends, and hangs up. */
export function testServer(open: () => SocketEdge, now: () => number): Promise<Finding> {
  return new Promise((resolve) => {
    const started = now();
    let opened = false;
    const finish = (ok: boolean, text: string) => {
      clearTimeout(timer);
      resolve({ ok, text });
      socket.close();
    };
    const silent = () =>
      finish(
        false,
        opened
          ? 'Something answers there, but it is not a StreamSync server.'
          : 'Nothing answers at this address. Check it, and that the server runs.',
      );
    const timer = setTimeout(silent, PATIENCE_MS);
    const socket = open();
    socket.addEventListener('open', () => (opened = true));
    socket.addEventListener('error', silent);
    socket.addEventListener('close', silent);
    socket.addEventListener('message', ({ data }) => {
      const frame = typeof data === 'string' ? decodeServerFrame(data) : null;
      if (!frame?.ok || frame.message.type !== 'server/hello') {
        finish(false, 'Something answers there, but it is not a StreamSync server.');
        return;
      }
      const took = `answered in ${Math.round(now() - started)} ms`;
      // v1 knows no caps: everything works then, with less precision and no history.
      const kind = frame.message.payload.caps?.length ? 'A StreamSync server' : 'A basic StreamSync server';
      finish(true, `${kind} ${took}.`);
    });
  });
}
