import type { BridgeReading } from '../messaging/bridge.ts';
import type { FromPlayer, ToPlayer } from '../messaging/player-port.ts';
import { PlayerController } from './controller.ts';
import { duckFilm } from './duck-film.ts';
import type { Ducking } from './ducking.ts';
import { FilmArrival } from './film-arrival.ts';
import { watchFilm, type Film } from './film-watch.ts';
import { FrameClock } from './frame-clock.ts';
import { bridgeClient } from './bridge/bridge-client.ts';
import { keepBridge } from './bridge/keep-bridge.ts';
import { findVideos } from './find-video.ts';
import { isNamedByAddress } from './sites/identify.ts';
import { bridgeOf, siteOfPage } from './sites/index.ts';
import { adapterOf } from './sites/adapter-of.ts';
import { isLive } from './sites/is-live.ts';
import { isUnrecognised, siteScore } from './sites/site-videos.ts';
import { listenInput } from './listen-input.ts';
import type { PlayerAdapter } from './adapter.ts';
import { PersonInput } from './person-input.ts';
import { watchPage } from './page-watch.ts';
import { pageReader } from './sites/page-reader.ts';
import { watchPointer } from './overlay/pointer-watch.ts';
import type { ShownOverlay } from './overlay/show-overlay.ts';

/** The way to the background; it ends when the background dies. */
export interface Link {
  send: (message: FromPlayer) => void;
  close: () => void;
}
export interface LinkEvents {
  message: (message: ToPlayer) => void;
  closed: () => void;
}

export interface FrameEdges {
  window: Window;
  document: Document;
  /** Throws when the extension itself is gone. */
  connect: (events: LinkEvents) => Link;
  shadowOf: (element: Element) => ShadowRoot | null;
  /** Shows the overlay over this page until the signal aborts. `secret` is what it knows; `shown` settles once it is there. */
  showOverlay: (signal: AbortSignal) => { secret: string; shown: Promise<ShownOverlay> };
  /** Ends everything in this frame. */
  quit: AbortController;
}

const TICK_MS = 100;
const STATUS_EVERY_MS = 1000;
/** A page names the film that came into its player so much later at most. */
const NAMED_WITHIN_MS = 1500;
const CLOCK_BURST = 5;
const CLOCK_BURST_EVERY_MS = 40;
/** A port message also keeps a service worker awake (Firefox counts nothing that a socket receives). */
const CLOCK_EVERY_MS = 5000;
const RECONNECT_MS = [50, 250, 1000, 2000];

/** The player script of one frame: finds the film, and holds it to the room while it is told to. */
export function runFrame({ window, document, connect, shadowOf, showOverlay, quit }: FrameEdges): void {
  const { signal } = quit;
  const nowMs = () => window.performance.now();
  const input = new PersonInput();
  const clock = new FrameClock();
  let film: Film | null = null;
  let controller: PlayerController | null = null;
  let controlled: AbortController | null = null;
  let player: PlayerAdapter | null = null;
  let ducking: Ducking | null = null;
  let driving = false;
  /** The film is to become what the room watches, as soon as the player can say where it stands. */
  let offering = false;
  let href = window.location.href;
  const arrival = new FilmArrival();
  let takenLive = false;
  /** Set while a film that has just come into the player may not have its name yet. */
  let named: ReturnType<typeof setTimeout> | null = null;
  let link: Link | null = null;
  let retries = 0;
  let burstLeft = 0;
  let lastStatus = '';
  let toldFilm = '';
  let overlay: { secret: string; shown: Promise<ShownOverlay>; hide: AbortController } | null = null;

  const rule = siteOfPage(window.location.href, document);
  const bridge = bridgeClient(document);
  const showsLive = () => rule !== null && isLive(rule, window.location.href, document);

  const send = (message: FromPlayer) => link?.send(message);
  const playerSays = (): BridgeReading | null => {
    const answer = rule?.bridge && driving ? bridge.ask({ do: 'read' }) : null;
    return answer?.is === 'reading' ? answer.reading : null;
  };
  const durationSec = () => {
    const reading = player?.read();
    if (reading) return reading.interruption ? null : reading.durationSec;
    // Of such a site the element's length may be that of something else, or have ads in it.
    const duration = rule?.bridge ? NaN : (film?.video.duration ?? NaN);
    return Number.isFinite(duration) ? duration : null;
  };
  const readPage = pageReader({
    document,
    href: () => window.location.href,
    shadowOf,
    durationSec,
    playerSays: () => playerSays() ?? {},
    // As it is at this moment: what the controller saw last may be the film before the ad.
    interrupted: () => (player?.read().interruption ?? null) !== null,
  });
  const identify = () => {
    const identity = readPage();
    const lingers = arrival.lingers(identity.content?.contentId ?? null, nowMs());
    return film && lingers ? { ...identity, content: null } : identity;
  };
  const page = watchPage(window, document, identify, send, signal);
  /** What was to be followed is of the page before: the background says what counts here. */
  const noteAddress = () => {
    if (href === window.location.href || window.top !== window) return;
    href = window.location.href;
    controller?.pageWent();
    page.tell();
  };

  const open = () => {
    if (signal.aborted) return;
    try {
      link = connect({ message: receive, closed: () => lost() });
    } catch {
      quit.abort();
      return;
    }
    clock.reconnected();
    burstLeft = CLOCK_BURST;
    lastStatus = '';
    toldFilm = '';
    tellOverlay();
    page.tell();
    tellFilm();
    askClock();
  };
  const lost = () => {
    link = null;
    controller?.linkLost();
    const delayMs = RECONNECT_MS[Math.min(retries++, RECONNECT_MS.length - 1)];
    setTimeout(open, delayMs);
  };
  const askClock = () => send({ type: 'clock', t1Ms: nowMs() });

  const tellFilm = () => {
    const unrecognised =
      !film && isUnrecognised(document, window.location.href, findVideos(document, shadowOf), shadowOf);
    const score = film?.score ?? 0;
    const news = `${score} ${unrecognised}`;
    if (news === toldFilm) return;
    toldFilm = news;
    send({ type: 'film', score, durationSec: durationSec(), unrecognised });
  };

  const tellOverlay = () => send({ type: 'overlay', secret: overlay?.secret ?? null });
  const setOverlay = (on: boolean) => {
    if (on === (overlay !== null)) return;
    overlay?.hide.abort();
    overlay = null;
    if (on) {
      const hide = new AbortController();
      overlay = { hide, ...showOverlay(AbortSignal.any([hide.signal, signal])) };
    }
    tellOverlay();
  };

  const release = () => {
    controlled?.abort();
    controller = controlled = ducking = player = null;
  };
  const take = () => {
    release();
    if (!driving || !film) return;
    takenLive = showsLive();
    const adapter = adapterOf(film.video, rule, window.location.href, {
      document,
      shadowOf,
      bridge,
      nowMs,
      serverNowMs: () => clock.serverNowMs(nowMs()),
    });
    const taken = new AbortController();
    let wake: ReturnType<typeof setTimeout> | undefined;
    const taking = new PlayerController(adapter, input, {
      nowMs,
      serverNowMs: () => clock.serverNowMs(nowMs()),
      hidden: () => document.hidden,
      mayMakeSound: () => window.navigator.userActivation.hasBeenActive,
      emit: (intent) => {
        offering = false;
        send({ type: 'intent', intent });
      },
      prepared: (seq) => send({ type: 'prepared', seq }),
      wakeIn: (delayMs) => {
        clearTimeout(wake);
        wake = setTimeout(() => taking.tick(), delayMs);
      },
    });
    // What tells of the film's length comes before the event that it is loaded.
    film.video.addEventListener('emptied', awaitName, { signal: taken.signal });
    film.video.addEventListener(
      'loadedmetadata',
      () => {
        arrival.loaded(nowMs());
        awaitName();
      },
      { signal: taken.signal },
    );
    adapter.onChange((change) => {
      noteAddress();
      taking.changed(change);
    }, taken.signal);
    taken.signal.addEventListener('abort', () => {
      clearTimeout(wake);
      adapter.release();
    });
    ducking = duckFilm(film.video, window, { every: everyUntilStopped }, taken.signal);
    player = adapter;
    controller = taking;
    controlled = taken;
    if (offering) taking.offer();
  };

  /** Where the address does not tell, this may be the next film, whose name comes after it: until then it is not moved. */
  const awaitName = () => {
    if (isNamedByAddress(window.location.href, rule)) return;
    controller?.pageWent();
    if (named) clearTimeout(named);
    named = setTimeout(() => {
      named = null;
      // What the page names now is what counts.
      page.tell();
      // Asks what is to be followed.
      toldFilm = '';
      tellFilm();
    }, NAMED_WITHIN_MS);
  };

  const receive = (message: ToPlayer) => {
    switch (message.type) {
      case 'drive':
        driving = message.on;
        offering &&= driving;
        {
          take();
          return;
        }
      case 'timeline':
        clock.told(message.server, nowMs());
        if (named) return;
        return controller?.follow(message.timeline, message.intentsSeen, message.offsetMs);
      case 'resync':
        return controller?.resync();
      case 'offer': {
        offering = true;
        return controller?.offer();
      }
      case 'overlay': {
        setOverlay(message.on);
        return;
      }
      case 'duck':
        return ducking?.to(message.level);
      case 'overlay_act': {
        const { act } = message;
        void overlay?.shown.then((shown) => shown.act(act));
        return;
      }
      case 'stirred': {
        const { at } = message;
        void overlay?.shown.then((shown) => shown.stirred(at));
        return;
      }
      case 'touched': {
        input.touched(nowMs() - message.ageMs);
        return;
      }
      case 'clock':
        retries = 0;
        clock.answered(message, nowMs());
        clock.told(message.server, nowMs());
        if (--burstLeft > 0) setTimeout(askClock, CLOCK_BURST_EVERY_MS);
        return controller?.tick();
      case 'dismiss': {
        quit.abort();
        return;
      }
    }
  };

  const tellStatus = (onlyNews: boolean) => {
    const status = controller?.status();
    if (!status) return;
    const news = `${status.state} ${status.silenced} ${status.interruption?.kind ?? ''}`;
    if (onlyNews && lastStatus === news) return;
    lastStatus = news;
    send({ type: 'status', ...status, boundMs: clock.boundMs });
  };
  const everyUntilStopped = (periodMs: number, run: () => void) => {
    const timer = setInterval(run, periodMs);
    return () => clearInterval(timer);
  };
  const every = (periodMs: number, run: () => void) => {
    signal.addEventListener('abort', everyUntilStopped(periodMs, run));
  };

  listenInput(window, input, nowMs, () => send({ type: 'touched', ageMs: 0 }), signal);
  if (window.top !== window) watchPointer(window, document, (at) => send({ type: 'stirred', at }), signal);
  watchFilm(
    document,
    {
      shadowOf,
      scoring: () => siteScore(document, window.location.href, shadowOf),
      nowMs,
      tell: (found) => {
        const another = found?.video !== film?.video;
        film = found;
        if (another && found) arrival.loaded(nowMs());
        // A player that has just been taken follows nothing until it is told what.
        if (another) toldFilm = '';
        tellFilm();
        if (another) take();
      },
    },
    signal,
  );
  every(TICK_MS, () => {
    noteAddress();
    controller?.tick();
    tellStatus(true);
  });
  every(STATUS_EVERY_MS, () => {
    tellStatus(false);
    if (!film) tellFilm();
    if (controller && showsLive() !== takenLive) take();
  });
  const needed = bridgeOf(rule);
  const wanted = () => driving && (rule?.bridge !== undefined || showsLive());
  if (needed) keepBridge(needed, { bridge, wanted, send }, signal);
  every(CLOCK_EVERY_MS, askClock);
  signal.addEventListener('abort', () => {
    if (named) clearTimeout(named);
    release();
    link?.close();
  });
  open();
}
