import { PersonInput } from '../../src/player/person-input.ts';
import type { FoundVideo, FrameHost } from '../../src/player/frame/frame-host.ts';
import { FrameRuntime } from '../../src/player/frame/frame-runtime.ts';
import type { FromPlayer } from '../../src/messaging/player-port.ts';
import type { RuntimePort } from '../../src/messaging/runtime-port.ts';
import type { PageContent } from '../../src/protocol/index.ts';
import type { SimPlayer } from './sim-player.ts';
import type { SimSite } from './sim-site.ts';
import type { Crystal, World } from './world.ts';

export interface FrameParts {
  name: string;
  crystal: Crystal;
  isTop: boolean;
  input: PersonInput;
  connect: () => RuntimePort;
  /** The player in this frame; `null` in a page whose player is in a frame of it. */
  player: SimPlayer | null;
  /** What the page shows. */
  content: () => Pick<PageContent, 'contentId' | 'url' | 'title'> | null;
  /** `null` for a page that shows one video for ever. */
  site: SimSite | null;
}

/** The player script of one frame: the shipped runtime on a simulated page. */
export class SimFrame {
  readonly input: PersonInput;
  readonly #nowMs: () => number;
  readonly #parts: FrameParts;
  readonly #world: World;
  readonly #lifetime = new AbortController();
  readonly #runtime: FrameRuntime;

  constructor(world: World, parts: FrameParts) {
    const { crystal, input, isTop, site, player } = parts;
    this.#world = world;
    this.#parts = parts;
    this.input = input;
    this.#nowMs = crystal.monotonic(world.random.between(0, 1e8));
    this.#runtime = new FrameRuntime({
      nowMs: this.#nowMs,
      after: (delayMs, run) => world.after(delayMs, run),
      every: (periodMs, run) => world.every(periodMs, run),
      href: () => (isTop ? (site?.href ?? 'https://films.example/one') : 'https://player.example/'),
      isTop,
      hidden: () => false,
      mayMakeSound: () => player?.touched ?? false,
      connect: () => this.#connect(),
      input,
      readPage: this.#pageReader(),
      isNamedByAddress: () => !isTop || (site?.traits.byAddress ?? true),
      showsLive: () => false,
      isUnrecognised: () => false,
      largeFrameOrigins: () => [],
      overlay: { secret: null, set: () => false, act: () => undefined, stirred: () => undefined },
      lifetime: this.#lifetime,
    } satisfies FrameHost);
    if (player) this.#watch(player, site);
    this.#runtime.start();
  }

  get status() {
    return this.#runtime.status;
  }

  /** Whether it has not been sent away, and its page is still there. */
  get runs(): boolean {
    return !this.#lifetime.signal.aborted;
  }

  /** A key or a press in this frame, which its script tells the tab's other frames. */
  touch(): void {
    this.input.touched(this.#nowMs());
    this.#runtime.send({ type: 'touched', ageMs: 0 });
  }

  /** A pointer goes down in this frame. */
  press(): void {
    this.touch();
    this.input.grabbed();
  }

  release(): void {
    this.input.released(this.#nowMs());
  }

  /** Its page is gone. */
  quit(): void {
    this.#lifetime.abort();
  }

  #watch(player: SimPlayer, site: SimSite | null): void {
    const look = () => this.#runtime.videoFound(site && !site.hasFilm ? null : found(player, site));
    if (site) site.onVideo = look;
    look();
  }

  #connect(): RuntimePort {
    const port = this.#parts.connect();
    return { ...port, postMessage: (message) => this.#send(port, message as FromPlayer) };
  }

  #send(port: RuntimePort, message: FromPlayer): void {
    if (message.type === 'intent')
      this.#world.note(this.#parts.name, `intent ${JSON.stringify(message.intent)}`);
    port.postMessage(message);
  }

  /** As src/sites/page-reader.ts keeps what was read of one content. */
  #pageReader(): FrameHost['readPage'] {
    let known: { contentId: string | null; durationSec: number | null } = {
      contentId: null,
      durationSec: null,
    };
    return ({ durationSec, interrupted }) => {
      const content = this.#parts.content();
      if (!content) return { kind: 'film', content: null };
      const { contentId } = content;
      if (known.contentId !== contentId) known = { contentId, durationSec: null };
      if (!interrupted) known.durationSec = durationSec;
      return {
        kind: 'film',
        content: { ...content, ...(known.durationSec !== null && { durationSec: known.durationSec }) },
      };
    };
  }
}

/** Each time another one for a site that puts another player into its page. */
function found(player: SimPlayer, site: SimSite | null): FoundVideo {
  return {
    element: site?.element ?? player,
    score: 1,
    durationSec: () => player.read().durationSec,
    adapter: () => player,
    onSource: (listener, signal) => {
      player.onSource = listener;
      signal.addEventListener('abort', () => (player.onSource = () => undefined));
    },
    ducking: () => () => undefined,
  };
}
