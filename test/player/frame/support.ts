import { PersonInput } from '../../../src/player/person-input.ts';
import type { FoundVideo, FrameHost } from '../../../src/player/frame/frame-host.ts';
import { FrameRuntime } from '../../../src/player/frame/frame-runtime.ts';
import type { PageIdentity } from '../../../src/sites/identify.ts';
import type { ToPlayer } from '../../../src/messaging/player-port.ts';
import type { Timeline } from '../../../src/sync/index.ts';
import { FakePort } from '../../support/fake-port.ts';
import { VirtualTime } from '../../support/virtual-time.ts';
import { FakePlayer } from '../support.ts';

export const ONE = 'https://films.example/one';
export const TWO = 'https://films.example/two';
export const shows = (url: string): PageIdentity => ({ kind: 'film', content: { contentId: url, url } });

/** A frame runtime on a page of a test; its clock and the server's are the test's. */
export class Frame {
  readonly time = new VirtualTime();
  readonly ports: FakePort[] = [];
  readonly player = new FakePlayer();
  readonly input = new PersonInput();
  readonly lifetime = new AbortController();
  readonly page = {
    href: ONE,
    identity: shows(ONE),
    showsLive: false,
    unrecognised: false,
    removed: false,
    namedByAddress: false,
  };
  readonly overlay = { on: false, acts: [] as string[] };
  readonly duckedTo: number[] = [];
  /** What the player tells of its sources; null while it is not taken over. */
  source: ((event: 'emptied' | 'loadedmetadata') => void) | null = null;
  readonly runtime: FrameRuntime;

  constructor({ isTop = true } = {}) {
    const { time, page, overlay, input, lifetime } = this;
    const host: FrameHost = {
      nowMs: () => time.nowMs,
      after: (delayMs, run) => time.setTimer(run, delayMs),
      every: (periodMs, run) => {
        let cancel = time.setTimer(function fire() {
          cancel = time.setTimer(fire, periodMs);
          run();
        }, periodMs);
        return () => cancel();
      },
      href: () => page.href,
      isTop,
      hidden: () => false,
      mayMakeSound: () => true,
      connect: () => {
        if (page.removed) throw new Error('Extension context invalidated.');
        const port = new FakePort();
        this.ports.push(port);
        return port;
      },
      input,
      readPage: ({ durationSec }) => {
        const { identity } = page;
        return identity.content && durationSec !== null
          ? { ...identity, content: { ...identity.content, durationSec } }
          : identity;
      },
      isNamedByAddress: () => page.namedByAddress,
      showsLive: () => page.showsLive,
      isUnrecognised: () => page.unrecognised,
      largeFrameOrigins: () => [],
      overlay: {
        get secret() {
          return overlay.on ? 'secret' : null;
        },
        set: (on) => {
          const isChange = on !== overlay.on;
          overlay.on = on;
          return isChange;
        },
        act: (act) => overlay.acts.push(act),
        stirred: () => overlay.acts.push('stirred'),
      },
      lifetime,
    };
    this.runtime = new FrameRuntime(host);
  }

  get port(): FakePort {
    const port = this.ports.at(-1);
    if (!port) throw new Error('The frame has opened no port.');
    return port;
  }

  video(element: unknown = this.player, score = 1): FoundVideo {
    return {
      element,
      score,
      durationSec: () => this.player.reading.durationSec,
      adapter: () => this.player,
      onSource: (listener, signal) => {
        this.source = listener;
        signal.addEventListener('abort', () => (this.source = null));
      },
      ducking: () => (level) => this.duckedTo.push(level),
    };
  }

  say(message: ToPlayer): void {
    this.port.say(message);
  }

  /** The background answers all clock questions that it was asked. */
  answerClock(): void {
    for (const message of this.port.of('clock')) {
      const { t1Ms } = message as { t1Ms: number };
      const { nowMs } = this.time;
      this.say({
        type: 'clock',
        t1Ms,
        t2Ms: nowMs,
        t3Ms: nowMs,
        server: { offsetMs: 0, boundMs: 1 },
      });
    }
    this.port.clear();
  }

  follow(timeline: Partial<Timeline> | null, intentsSeen = 0): void {
    const { nowMs } = this.time;
    this.say({
      type: 'timeline',
      timeline: timeline && {
        ...{ contentId: ONE, playing: true, rate: 1, positionSec: 100, atServerMs: nowMs, seq: 1 },
        ...timeline,
      },
      intentsSeen,
      server: { offsetMs: 0, boundMs: 1 },
      offsetMs: 0,
    });
  }

  /** Its video takes part, and follows a room that plays. */
  driving(): this {
    this.runtime.videoFound(this.video());
    this.runtime.start();
    this.answerClock();
    this.say({ type: 'drive', on: true, ads: [] });
    this.follow({});
    // For so long what has come into the player may still be what our first jump brought.
    this.pass(2000);
    this.port.clear();
    this.player.done.length = 0;
    return this;
  }

  /** Time passes, and the video runs on as far as it plays. */
  pass(ms: number): void {
    for (const endMs = this.time.nowMs + ms; this.time.nowMs < endMs;) {
      const stepMs = Math.min(50, endMs - this.time.nowMs);
      const { paused, positionSec, rate } = this.player.reading;
      if (!paused) this.player.set({ positionSec: positionSec + (rate * stepMs) / 1000 });
      this.time.pass(stepMs);
    }
  }
}
