import type { WebSocket } from 'ws';

/**
 * Pings one socket and ends it when it stays silent for a whole interval; tells each round trip in ms. `beat` is to be
 * called once per interval.
 */
export function createHeartbeat(
  socket: WebSocket,
  nowMs: () => number,
  onRoundTrip: (rttMs: number) => void,
): { beat: () => void } {
  let pingedAtMs: number | null = null;
  socket.on('pong', () => {
    if (pingedAtMs === null) return;
    onRoundTrip(nowMs() - pingedAtMs);
    pingedAtMs = null;
  });
  return {
    beat() {
      if (socket.readyState !== socket.OPEN) return;
      if (pingedAtMs !== null) {
        socket.terminate();
        return;
      }
      pingedAtMs = nowMs();
      socket.ping();
    },
  };
}
