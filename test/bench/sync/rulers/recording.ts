import { setTimeout as delay } from 'node:timers/promises';
import type { Mapping } from '../clocks/bracket.ts';
import type { Probe, RawEvent, RawSample } from './media-clock.ts';

const COLLECT_EVERY_MS = 1000;

/** All that a member's film has shown. Times are the page's until `onHostClock`. */
export interface Track {
  name: string;
  samples: RawSample[];
  events: RawEvent[];
  /** Frames that came too late to be shown, of all, at the beginning and at the end. */
  frames: { dropped: number; total: number }[];
  mapping: Mapping;
}

/** Collects from all pages once a second, until it is stopped; a page that does not answer keeps what it has. */
export class Recording {
  readonly tracks: Track[];
  readonly #probes: readonly Probe[];
  #running = true;
  readonly #ended: Promise<void>;

  constructor(members: readonly { name: string; probe: Probe }[]) {
    this.#probes = members.map(({ probe }) => probe);
    this.tracks = members.map(({ name, probe }) => ({
      name,
      samples: [],
      events: [],
      frames: [],
      mapping: probe.mapping(),
    }));
    this.#ended = this.#run();
  }

  /** Resolves with everything on the host's clock. */
  async stop(): Promise<Track[]> {
    this.#running = false;
    await this.#ended;
    await this.#collect();
    return this.tracks.map((track) => onHostClock(track));
  }

  async #run(): Promise<void> {
    while (this.#running) {
      // One browser may be asleep: the others are not to wait for it.
      await Promise.race([this.#collect(), delay(2 * COLLECT_EVERY_MS)]);
      await delay(COLLECT_EVERY_MS);
    }
  }

  readonly #busy = new Map<number, Promise<void>>();

  async #collect(): Promise<void> {
    await Promise.all(this.#probes.map((probe, index) => this.#collectOne(probe, index)));
  }

  #collectOne(probe: Probe, index: number): Promise<void> {
    const busy = this.#busy.get(index);
    if (busy) return busy;
    const work = (async () => {
      const { samples, events, droppedFrames, totalFrames } = await probe.take();
      const track = this.tracks[index];
      if (!track) return;
      track.samples.push(...samples);
      track.events.push(...events);
      track.frames.push({ dropped: droppedFrames, total: totalFrames });
      track.mapping = probe.mapping();
    })().finally(() => this.#busy.delete(index));
    this.#busy.set(index, work);
    return work;
  }
}

function onHostClock(track: Track): Track {
  const { offsetMs } = track.mapping;
  return {
    ...track,
    samples: track.samples.map(([atMs, ...rest]) => [atMs - offsetMs, ...rest] as const),
    events: track.events.map((event) => ({ ...event, atMs: event.atMs - offsetMs })),
  };
}
