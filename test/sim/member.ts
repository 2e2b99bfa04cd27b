import { restoreSession, startSession, type Session, type SessionEvent } from '../../src/party/index.ts';
import type { WaitPolicy } from '../../src/protocol/index.ts';
import type { PersonInput } from '../../src/player/person-input.ts';
import { Link } from './link.ts';
import { Port } from './port.ts';
import { SimBackground, type Machine } from './sim-background.ts';
import { SimFrame } from './sim-frame.ts';
import { SimPlayer, type PlayerTraits } from './sim-player.ts';
import { SimSite, type SiteFilm, type SiteTraits } from './sim-site.ts';
import type { SimServer } from './sim-server.ts';
import { Crystal, type World } from './world.ts';

export const FILM = 'https://films.example/one';
const HOUR_MS = 3_600_000;

export interface MemberParts {
  name: string;
  traits: PlayerTraits;
  input: PersonInput;
  deafTo: (event: SessionEvent) => boolean;
  /** A page that goes on to another film; without it, one that shows a film for ever. */
  site?: { films: [SiteFilm, SiteFilm]; traits: SiteTraits };
}

/** One person's machine: a tab with a film, the extension's background, and the way to the server. */
export class Member {
  readonly name: string;
  readonly link: Link;
  readonly player: SimPlayer;
  /** What this person said, in order. */
  readonly said: string[] = [];
  /** Presses and keys of this person. */
  inputs = 0;
  offlineSinceMs: number | null = 0;
  readonly #world: World;
  readonly #machine: Machine;
  readonly #crystal: Crystal;
  readonly site: SimSite | null;
  #frame: SimFrame;
  #background: SimBackground | null;
  #last: Session;
  #framesHeardBefore = 0;

  constructor(world: World, server: SimServer, { name, traits, input, deafTo, site }: MemberParts) {
    const { random } = world;
    this.#world = world;
    this.name = name;
    this.link = new Link(world, server);
    this.player = new SimPlayer(world, traits);
    this.#crystal = new Crystal(world, random.between(-100, 100));
    this.#machine = {
      name,
      crystal: this.#crystal,
      wallMs: this.#crystal.wall(1.7e12 + random.between(-9, 9) * HOUR_MS),
      link: this.link,
      contentId: site ? null : FILM,
      goTo: () => this.#openPage(),
      deafTo,
    };
    const start = {
      serverUrl: 'wss://sim',
      roomId: 'amber-otter',
      me: { userId: name, displayName: name },
      tabId: 1,
      resumeToken: `token-of-${name}-0123456789`,
      roomKey: 'the-key-of-the-party',
      certified: false,
      access: null,
    };
    this.#background = new SimBackground(world, this.#machine, () => startSession(start));
    this.#last = this.#background.session;
    this.site = site ? new SimSite(world, this.player, site) : null;
    this.#frame = this.#runFrame(input);
  }

  get frame(): SimFrame {
    return this.#frame;
  }

  get session(): Session {
    return this.#background?.session ?? this.#last;
  }

  get online(): boolean {
    return this.#background !== null && this.session.settled && this.link.works;
  }

  get framesHeard(): number {
    return this.#framesHeardBefore + (this.#background?.framesHeard ?? 0);
  }

  /** The browser ends the background, and starts it again after so long. */
  killBackground(deadMs: number): void {
    const background = this.#background;
    if (!background) return;
    this.#last = background.session;
    this.#framesHeardBefore += background.framesHeard;
    const saved = background.die();
    this.#background = null;
    this.#world.after(deadMs, () => {
      const { wallMs } = this.#machine;
      this.#background = new SimBackground(this.#world, this.#machine, (nowMs) =>
        restoreSession(saved, nowMs, wallMs()),
      );
    });
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
    this.#background?.dispatch({ on: 'set_wait_policy', waitPolicy });
  }

  networkBack(): void {
    this.#background?.dispatch({ on: 'network_back' });
  }

  /** A person can only type where the extension runs. */
  say(text: string): void {
    if (!this.#background) return;
    this.#world.note(this.name, `says ${text}`);
    this.said.push(text);
    const id = `id-${text}`;
    this.#background.dispatch({ on: 'chat', id, text, wallMs: this.#machine.wallMs() });
  }

  touch(): void {
    this.inputs += 1;
    this.player.touched = true;
    this.frame.input.touched(this.frame.nowMs());
  }

  press(): void {
    this.inputs += 1;
    this.player.touched = true;
    this.frame.input.pressed(this.frame.nowMs());
  }

  #runFrame(input: PersonInput): SimFrame {
    const { player, site } = this;
    return new SimFrame(this.#world, this.name, this.#crystal, {
      player,
      input,
      connect: () => this.#port(),
      site,
    });
  }

  /** The tab is sent to the next film: its page goes, and with it the player script. */
  #openPage(): void {
    const { input } = this.#frame;
    this.#world.note(this.name, 'is brought along');
    this.#frame.quit();
    this.#background?.left();
    this.site?.open(() => (this.#frame = this.#runFrame(input)));
  }

  #port(): Port | null {
    if (!this.#background) return null;
    const port = new Port(this.#world);
    this.#background.adopt(port);
    return port;
  }
}
