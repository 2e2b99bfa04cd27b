import type { SessionEvent, Session } from '../../src/party/index.ts';
import type { WaitPolicy } from '../../src/protocol/index.ts';
import type { PersonInput } from '../../src/player/person-input.ts';
import { Link } from './link.ts';
import { SimBrowser } from './sim-browser.ts';
import { SimCallPage } from './sim-call-page.ts';
import { SimFrame } from './sim-frame.ts';
import { SimPlayer, type PlayerTraits } from './sim-player.ts';
import { SimSite, type SiteFilm, type SiteTraits } from './sim-site.ts';
import type { SimServer } from './sim-server.ts';
import { Crystal, type World } from './world.ts';

export const FILM = 'https://films.example/one';
const HOUR_MS = 3_600_000;
const TAB_ID = 1;
const TOP = 0;
const EMBEDDED = 1;

export interface MemberParts {
  name: string;
  traits: PlayerTraits;
  input: () => PersonInput;
  ignores: (event: SessionEvent) => boolean;
  /** A page that goes on to another film; without it, one that shows a film for ever. */
  site?: { films: [SiteFilm, SiteFilm]; traits: SiteTraits };
  /** The player is in a frame of the page, which names what is on. */
  embedded?: boolean;
}

/** One user's machine: a tab with a video, the extension's background, and the way to the server. */
export class Member {
  readonly name: string;
  readonly link: Link;
  readonly player: SimPlayer;
  readonly site: SimSite | null;
  /** What this user said, in order. */
  readonly said: string[] = [];
  /** Presses and keys of this user. */
  inputs = 0;
  offlineSinceMs: number | null = 0;
  readonly #world: World;
  readonly #parts: MemberParts;
  readonly #crystal: Crystal;
  readonly #browser: SimBrowser;
  /** The frames of the page that have a player script, by their ids. */
  readonly #frames = new Map<number, SimFrame>();
  /** The page is there, and not only begun to be loaded. */
  #isLoaded = true;
  #injected = false;
  #inCall = false;
  #callPage: SimCallPage | null = null;

  constructor(world: World, server: SimServer, parts: MemberParts) {
    const { random } = world;
    const { name, traits, site, ignores } = parts;
    this.#world = world;
    this.#parts = parts;
    this.name = name;
    this.link = new Link(world, server);
    this.player = new SimPlayer(world, traits);
    this.#crystal = new Crystal(world, random.between(-100, 100));
    this.site = site ? new SimSite(world, this.player, site) : null;
    const href = () => this.site?.href ?? FILM;
    this.#browser = new SimBrowser(world, {
      name,
      crystal: this.#crystal,
      wallMs: this.#crystal.wall(1.7e12 + random.between(-9, 9) * HOUR_MS),
      link: this.link,
      tab: {
        tabId: TAB_ID,
        get url() {
          return href();
        },
        inject: () => this.#inject(),
        navigate: () => this.#openPage(),
      },
      start: {
        serverUrl: 'wss://sim',
        roomId: 'amber-otter',
        me: { userId: name, displayName: name },
        tabId: TAB_ID,
        resumeToken: `token-of-${name}-0123456789`,
        roomKey: 'the-key-of-the-party',
        certified: false,
        access: null,
      },
      ignores,
    });
  }

  get session(): Session {
    return this.#browser.session;
  }

  get online(): boolean {
    return this.#browser.core !== null && this.session.connection.joinComplete && this.link.works;
  }

  get framesHeard(): number {
    return this.#browser.framesHeard;
  }

  /** The browser ends the background, and starts it again after so long. */
  killBackground(deadMs: number): void {
    this.#browser.killBackground(deadMs);
  }

  losePorts(): void {
    this.#browser.losePorts();
  }

  /** The user reloads the page, which is there again after so long, its player at the beginning. */
  reload(ms: number): void {
    if (!this.#isLoaded) return;
    this.player.rebuildFor(ms);
    this.player.touched = false;
    this.#unload();
    this.#world.after(ms, () => this.#loaded());
  }

  /** The page over the tab's page joins the call, and so does each that comes after it. */
  joinCall(): void {
    this.#inCall = true;
    if (this.#isLoaded) this.#openCallPage();
  }

  /** The page that holds the call; `null` where there is none now. */
  get callPage(): SimCallPage | null {
    return this.#callPage;
  }

  #openCallPage(): void {
    this.#callPage?.close();
    this.#callPage = new SimCallPage(this.#world, this.name, () => this.#browser.connectCall());
  }

  /** The lid is shut: nothing plays, nothing is heard, and the monotonic clocks stand. */
  sleepFor(ms: number): void {
    this.#crystal.sleepFor(ms);
    this.link.silenceFor(ms);
    this.player.stallFor(ms);
    this.#world.after(ms, () => this.networkBack());
  }

  /** Does what the host may do. */
  setWaitPolicy(waitPolicy: WaitPolicy): void {
    void this.#browser.core?.command({ type: 'set_wait_policy', waitPolicy });
    this.#world.promised();
  }

  networkBack(): void {
    this.#browser.core?.networkBack();
  }

  /** A user can only type where the extension runs. */
  say(text: string): void {
    const { core } = this.#browser;
    if (!core) return;
    this.#world.note(this.name, `says ${text}`);
    this.said.push(text);
    void core.command({ type: 'send_chat', id: `id-${text}`, text });
    this.#world.promised();
  }

  /** A key or a click, in any frame: a page may have the controls of a player that is in a frame of it. */
  touch(): void {
    this.inputs += 1;
    this.player.touched = true;
    const [first, ...others] = this.#frames.values();
    if (first) this.#world.random.pick([first, ...others]).touch();
  }

  press(): void {
    this.inputs += 1;
    this.player.touched = true;
    this.#playerFrame?.press();
  }

  moved(): void {
    this.#playerFrame?.input.moved();
  }

  release(): void {
    this.#playerFrame?.release();
  }

  /** What the player script of the frame that has the player says of it; `null` where there is none. */
  get status() {
    return this.#playerFrame?.status ?? null;
  }

  /** The script of the frame that has the player; none while its page is being loaded. */
  get #playerFrame(): SimFrame | undefined {
    return this.#frames.get(this.#parts.embedded ? EMBEDDED : TOP);
  }

  #inject(): void {
    this.#injected = true;
    if (!this.#isLoaded) return;
    const { embedded } = this.#parts;
    this.#run(TOP, !embedded);
    if (embedded) this.#run(EMBEDDED, true);
  }

  #run(frameId: number, hasPlayer: boolean): void {
    if (this.#frames.get(frameId)?.runs) return;
    const { site } = this;
    const { name } = this.#parts;
    const shown = { contentId: FILM, url: FILM, title: 'One' };
    this.#frames.set(
      frameId,
      new SimFrame(this.#world, {
        name,
        crystal: this.#crystal,
        isTop: frameId === TOP,
        input: this.#parts.input(),
        connect: () => this.#browser.connectFrame(frameId),
        player: hasPlayer ? this.player : null,
        content: () => {
          if (!site) return shown;
          if (!site.content) return null;
          const { contentId, url, title } = site.content;
          return { contentId, url, title };
        },
        site,
      }),
    );
  }

  /** The tab is sent to the next film: its page goes, and with it the player scripts. */
  #openPage(): void {
    this.#world.note(this.name, 'is brought along');
    this.#unload();
    this.site?.open(() => this.#loaded());
  }

  #unload(): void {
    this.#callPage?.close();
    this.#callPage = null;
    for (const frame of this.#frames.values()) frame.quit();
    this.#frames.clear();
    this.#isLoaded = this.#injected = false;
    this.#tabUpdated(true);
  }

  #loaded(): void {
    this.#isLoaded = true;
    if (this.#injected) this.#inject();
    if (this.#inCall) this.#openCallPage();
    this.#tabUpdated(false);
  }

  #tabUpdated(isLoading: boolean): void {
    const { core } = this.#browser;
    core?.tabUpdated(TAB_ID, isLoading, this.site?.href ?? FILM);
    this.#world.promised();
  }
}
