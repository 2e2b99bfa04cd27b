import { decodeServerFrame, encode } from '../../../../../src/protocol/index.ts';
import { estimateClock, NO_CLOCK, withExchange } from '../../../../../src/sync/index.ts';

const BURST = 8;
const BURST_EVERY_MS = 100;
const EVERY_MS = 10_000;

/** What a page can know of the server's clock, over its own link. */
export class RoomClock {
  /** As v1's first message tells it, with the way it took not known: `server = Date.now() + this`. */
  helloOffsetMs: number | null = null;
  #clock = NO_CLOCK;
  #sent = 0;
  #answered = 0;
  readonly #socket: WebSocket;

  constructor(serverUrl: string) {
    this.#socket = new WebSocket(serverUrl);
    this.#socket.onmessage = ({ data }) => this.#heard(String(data), performance.now());
  }

  /** By the exchanges that the extension makes too, and its estimate from them. */
  serverNowMs(): number | null {
    const nowMs = performance.now();
    const estimate = estimateClock(this.#clock, nowMs);
    return estimate && nowMs + estimate.offsetMs;
  }

  get isSure(): boolean {
    return this.#answered >= BURST;
  }

  #heard(text: string, atMs: number): void {
    const decoded = decodeServerFrame(text);
    if (!decoded.ok) return;
    const { message } = decoded;
    if (message.type === 'server/hello') {
      this.helloOffsetMs = message.payload.nowMs - Date.now();
      this.#ping();
    } else if (message.type === 'clock/pong') {
      this.#answered += 1;
      const { t1Ms, t2Ms, t3Ms } = message.payload;
      this.#clock = withExchange(this.#clock, { t1Ms, t2Ms, t3Ms, t4Ms: atMs });
    }
  }

  #ping(): void {
    this.#sent += 1;
    this.#socket.send(encode({ type: 'clock/ping', payload: { id: this.#sent, t1Ms: performance.now() } }));
    setTimeout(() => this.#ping(), this.#sent < BURST ? BURST_EVERY_MS : EVERY_MS);
  }
}
