import type { Page } from 'playwright';
import { expect } from 'vitest';
import type { FromPlayer, TabPage, ToPlayer } from '../../../src/messaging/player-port.ts';
import { ContentArrival } from '../../../src/party/content-arrival.ts';
import type { Act, Intent, PageContent } from '../../../src/protocol/index.ts';
import { until } from '../until.ts';
import { Room } from './room.ts';
import type { FromHarness } from './words.ts';

type Status = Extract<FromPlayer, { type: 'status' }>;
type Told = Extract<FromHarness, { on: 'said' | 'driver' }>;

export interface PlayerPageEdges {
  /** When the clock of the background began, as `Date.now()` counts. */
  timeOriginMs: number;
  /** To the player that drives. */
  tell: (message: ToPlayer) => void;
  /** Returns what ends it. */
  hear: (listener: (word: FromHarness) => void) => () => void;
  /** The page is not needed any more. */
  done: () => Promise<void>;
}

/** A page with the product's player script, whose background and room the test is. */
export class PlayerPage {
  readonly page: Page;
  readonly room = new Room();
  /** What the page told of itself, each once. */
  readonly pages: TabPage[] = [];
  /** What was named while its film was there, in the order of its first naming: a room hears of nothing else. */
  readonly shown = new Set<string>();
  readonly intents: Intent[] = [];
  status: Status | null = null;
  /** Something plays where the film should be, and the site's rule does not know it. */
  unrecognised = false;
  readonly #edges: PlayerPageEdges;
  /** How many intents have been waited for. */
  #taken = 0;
  readonly #stop: () => void;
  #driver: { isTop: boolean; seen: number } | null = null;
  #arrival = new ContentArrival<PageContent>();
  /** Of an embedded player: its page names the next film already, and that is not in it yet. */
  #lingers = false;

  constructor(page: Page, edges: PlayerPageEdges) {
    this.page = page;
    this.#edges = edges;
    this.#stop = edges.hear((word) => this.#hear(word));
  }

  async goto(url: string): Promise<void> {
    await this.page.goto(url);
  }

  async close(): Promise<void> {
    await this.#edges.done();
    // Its words must not be taken for those of the next page in that window.
    await until(() => Promise.resolve(this.driven ? 'still driven' : null), { timeoutMs: 8000 });
    this.#stop();
  }

  get driven(): boolean {
    return this.#driver !== null;
  }

  /** The site's player is known and does what its rule says. */
  get understood(): boolean {
    return !this.unrecognised && this.status?.interruption?.kind !== 'unreadable';
  }

  /** What the page names as what it shows. */
  get content(): TabPage['content'] {
    return this.pages.at(-1)?.content ?? null;
  }

  /** The page's film becomes what the room watches, as when its person starts a party. */
  async begin(): Promise<Intent> {
    await until(async () => ((await this.#isReady()) ? null : `not ready: ${this.says}`), {
      timeoutMs: 12_000,
    });
    this.#edges.tell({ type: 'offer', onlyPlaying: false });
    return this.tells(undefined);
  }

  /** Waits until the page names that. */
  names(contentId: string): Promise<void> {
    return until(() => Promise.resolve(this.content?.contentId === contentId ? null : this.says), {
      timeoutMs: 12_000,
    });
  }

  /** Waits for what its person does next, or has done since this was last asked, which is to be that act. */
  async tells(act: Act | undefined): Promise<Intent> {
    await until(() => Promise.resolve(this.unexpected.length > 0 ? null : `told nothing: ${this.says}`), {
      timeoutMs: 4000,
    });
    const [intent] = this.unexpected;
    if (!intent) throw new Error('it was there');
    this.#taken += 1;
    expect(intent.act).toBe(act);
    return intent;
  }

  /** What was told and nobody has waited for. */
  get unexpected(): readonly Intent[] {
    return this.intents.slice(this.#taken);
  }

  /** A friend acts. A film that is to play, or to play elsewhere, begins once this player is ready for it. */
  friend(change: Parameters<Room['becomes']>[0]): void {
    this.room.becomes(change);
    this.#tellRoom();
  }

  /** All that is known, for what a failing test says. */
  get says(): string {
    const { pages, intents, status, unrecognised, room } = this;
    return JSON.stringify({
      page: pages.at(-1),
      driver: this.#driver,
      intents: intents.slice(-3),
      status,
      unrecognised,
      timeline: room.timeline,
    });
  }

  #isReady(): Promise<boolean> {
    return Promise.resolve(this.content !== null && !this.#lingering() && this.status?.state === 'ready');
  }

  #hear(word: FromHarness): void {
    if (word.on === 'driver') this.#drivenBy(word);
    else if (word.on === 'said') this.#heard(word);
  }

  #drivenBy({ driver }: Extract<Told, { on: 'driver' }>): void {
    this.#driver = driver;
    this.status = null;
    if (driver) this.#arrival.loaded(performance.now());
    else this.#arrival = new ContentArrival();
    this.#tellRoom();
  }

  #heard({ isTop, drives, seen, message }: Extract<Told, { on: 'said' }>): void {
    if (drives) this.#driver = { isTop, seen };
    switch (message.type) {
      case 'page':
        if (!isTop) return;
        this.pages.push({ kind: message.kind, content: message.content });
        return this.#tellRoom();
      case 'film':
        this.unrecognised = message.unrecognised;
        return this.#tellRoom();
      case 'intent': {
        const contentId = this.content?.contentId;
        if (!drives || contentId === undefined) return;
        this.intents.push(message.intent);
        this.room.acted(message.intent, contentId);
        return this.#tellRoom();
      }
      case 'status':
        if (!drives) return;
        this.status = message;
        if (this.#lingers && !this.#lingering()) this.#tellRoom();
        return;
      case 'prepared':
        if (!drives) return;
        this.room.prepared(message.seq);
        return this.#tellRoom();
      case 'loaded':
        if (drives) this.#arrival.loaded(performance.now());
        return;
      default:
        return;
    }
  }

  /** As the product's background knows it of a film in a frame of the page. */
  #lingering(): boolean {
    const ofFrame = this.#driver !== null && !this.#driver.isTop;
    const { content } = this;
    this.#lingers =
      ofFrame && content !== null && this.#arrival.contentNow(content, performance.now()) === null;
    return this.#lingers;
  }

  /** Whose page shows something else than the room's film has nothing to follow. */
  #tellRoom(): void {
    if (!this.#driver) return;
    const named = this.#lingering() ? null : (this.content?.contentId ?? null);
    if (named !== null) this.shown.add(named);
    const { timeline, contentId } = this.room;
    const isThere = named !== null && named === contentId;
    this.#edges.tell({
      type: 'timeline',
      timeline: isThere ? timeline : null,
      intentsSeen: this.#driver.seen,
      server: { offsetMs: this.#edges.timeOriginMs, boundMs: 0 },
      offsetMs: 0,
    });
  }
}
