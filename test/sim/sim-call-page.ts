import { toCall, type FromCall, type ToCall } from '../../src/messaging/call-port.ts';
import { ReconnectingPort } from '../../src/messaging/reconnecting-port.ts';
import type { RuntimePort } from '../../src/messaging/runtime-port.ts';
import type { World } from './world.ts';

type Roster = Extract<ToCall, { type: 'roster' }>;
/** A signal of another page, as it was read here. */
export interface ReadSignal {
  fromUserId: string;
  at: number;
}

export const SIGNAL_EVERY_MS = 2000;

/**
 * A page that holds the call, as far as the background knows it: it joins the call and sends numbered signals to everyone in it.
 * What a real page does with signals is tested in test/rtc.
 */
export class SimCallPage {
  /** As the background told it last; `null` before, and once this user is in no party. */
  roster: Roster | null = null;
  /** In the order of reading. */
  readonly read: ReadSignal[] = [];
  /** How many it has sent to each. */
  readonly sent = new Map<string, number>();
  readonly #port: ReconnectingPort<ToCall, FromCall>;
  readonly #lifetime = new AbortController();

  constructor(world: World, name: string, connect: () => RuntimePort) {
    const { signal } = this.#lifetime;
    this.#port = new ReconnectingPort<ToCall, FromCall>(
      { connect, after: (delayMs, run) => world.after(delayMs, run) },
      (raw) => toCall.parse(raw),
      { message: (message) => this.#heard(message) },
      signal,
    );
    world.note(name, 'joins the call');
    this.#port.open();
    signal.addEventListener(
      'abort',
      world.every(SIGNAL_EVERY_MS, () => this.#signal()),
    );
  }

  /** The others that are in the call, as this page knows it. */
  get others(): string[] {
    return (this.roster?.peers ?? []).flatMap(({ userId, media }) => (media?.inCall ? [userId] : []));
  }

  close(): void {
    this.#lifetime.abort();
  }

  #heard(message: ToCall): void {
    if (message.type === 'roster') {
      this.roster = message;
      if (!message.media.inCall)
        this.#port.send({ type: 'media', media: { inCall: true, microphone: true, camera: false } });
    } else if (message.type === 'relay') {
      this.read.push({ fromUserId: message.fromUserId, at: Number(message.data) });
    } else if (message.type === 'ended') this.roster = null;
  }

  /** Each is a description, which makes what was sent before it useless: the last one counts. */
  #signal(): void {
    if (!this.roster?.online) return;
    for (const toUserId of this.others) {
      const at = (this.sent.get(toUserId) ?? 0) + 1;
      this.sent.set(toUserId, at);
      this.#port.send({ type: 'relay', toUserId, kind: 'offer', data: String(at) });
    }
  }
}
