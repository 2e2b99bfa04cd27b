import type { KnownBreak } from '../messaging/ad-breaks.ts';
import type { BridgeReading } from '../messaging/bridge.ts';
import type { FromPlayer, ToPlayer } from '../messaging/player-port.ts';
import { bridgeClient } from './bridge/bridge-client.ts';
import { keepBridge } from './bridge/keep-bridge.ts';
import { duckFilm } from './duck-film.ts';
import type { Ducking } from './ducking.ts';
import { FilmArrival } from './film-arrival.ts';
import { FilmDriver } from './film-driver.ts';
import { watchFilm, type Film } from './film-watch.ts';
import { findVideos } from './find-video.ts';
import { FrameClock } from './frame-clock.ts';
import { listenInput } from './listen-input.ts';
import type { OverlaySwitch } from './overlay/overlay-switch.ts';
import { watchPointer } from './overlay/pointer-watch.ts';
import { watchPage } from './page-watch.ts';
import { PersonInput } from './person-input.ts';
import { adapterOf } from './sites/adapter-of.ts';
import { isNamedByAddress } from './sites/identify.ts';
import { bridgeOf, siteOfPage } from './sites/index.ts';
import { isLive } from './sites/is-live.ts';
import { pageReader } from './sites/page-reader.ts';
import { isUnrecognised, siteScore } from './sites/site-videos.ts';
import { SteadyLink, type Link, type LinkEvents } from './steady-link.ts';

export interface FrameEdges {
  window: Window;
  document: Document;
  /** Throws when the extension itself is gone. */
  connect: (events: LinkEvents) => Link;
  shadowOf: (element: Element) => ShadowRoot | null;
  overlay: OverlaySwitch;
  /** Ends everything in this frame. */
  quit: AbortController;
}

const TICK_MS = 100;
const STATUS_EVERY_MS = 1000;
const CLOCK_BURST = 5;
const CLOCK_BURST_EVERY_MS = 40;
/** A port message also keeps a service worker awake (Firefox counts nothing that a socket receives). */
const CLOCK_EVERY_MS = 5000;

/** The player script of one frame: finds the film, and holds it to the room while it is told to. */
export function runFrame({ window, document, connect, shadowOf, overlay, quit }: FrameEdges): void {
  const { signal } = quit;
  const nowMs = () => window.performance.now();
  const input = new PersonInput();
  const clock = new FrameClock();
  const serverNowMs = () => clock.serverNowMs(nowMs());
  const arrival = new FilmArrival();
  const rule = siteOfPage(window.location.href, document);
  const bridge = bridgeClient(document);
  let film: Film | null = null;
  let ducking: Ducking | null = null;
  let driving = false;
  /** Of the stream that is in the player, or was before its page was loaded. */
  let adsSeen: readonly KnownBreak[] = [];
  let href = window.location.href;
  let takenLive = false;
  let burstLeft = 0;
  let lastStatus = '';
  let toldFilm = '';

  const showsLive = () => rule !== null && isLive(rule, window.location.href, document);
  const everyUntilStopped = (periodMs: number, run: () => void) => {
    const timer = setInterval(run, periodMs);
    return () => clearInterval(timer);
  };
  const every = (periodMs: number, run: () => void) => {
    signal.addEventListener('abort', everyUntilStopped(periodMs, run));
  };
  const after = (delayMs: number, run: () => void) => {
    const timer = setTimeout(() => signal.aborted || run(), delayMs);
    return () => clearTimeout(timer);
  };

  const link = new SteadyLink(
    connect,
    {
      opened: () => {
        clock.reconnected();
        burstLeft = CLOCK_BURST;
        lastStatus = '';
        tellOverlay();
        page.tell();
        askForTimeline();
        askClock();
      },
      message: (message) => receive(message),
      lost: () => driver.linkLost(),
      gone: () => quit.abort(),
    },
    signal,
  );
  const send = (message: FromPlayer) => link.send(message);
  const askClock = () => send({ type: 'clock', t1Ms: nowMs() });
  const tellOverlay = () => send({ type: 'overlay', secret: overlay.secret });
  const tellFilm = () => {
    const unrecognised =
      !film && isUnrecognised(document, window.location.href, findVideos(document, shadowOf), shadowOf);
    const score = film?.score ?? 0;
    const news = `${score} ${unrecognised}`;
    if (news === toldFilm) return;
    toldFilm = news;
    send({ type: 'film', score, durationSec: durationSec(), unrecognised });
  };
  /** The word on the film is answered with what is to be followed. */
  const askForTimeline = () => {
    toldFilm = '';
    tellFilm();
  };

  const driver = new FilmDriver(input, {
    nowMs,
    serverNowMs,
    hidden: () => document.hidden,
    mayMakeSound: () => window.navigator.userActivation.hasBeenActive,
    send,
    after,
    changing: () => noteAddress(),
    named: () => {
      page.tell();
      askForTimeline();
    },
  });

  const playerSays = (): BridgeReading | null => {
    const answer = rule?.bridge && driving ? bridge.ask({ do: 'read' }) : null;
    return answer?.is === 'reading' ? answer.reading : null;
  };
  const durationSec = () => {
    const reading = driver.read();
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
    interrupted: () => (driver.read()?.interruption ?? null) !== null,
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
    driver.pageWent();
    page.tell();
  };

  const seenAds = {
    read: () => adsSeen,
    write: (breaks: readonly KnownBreak[]) => {
      adsSeen = breaks;
      send({ type: 'ads', breaks: [...breaks] });
    },
  };
  const loaded = () => {
    arrival.loaded(nowMs());
    if (window.top !== window) send({ type: 'loaded' });
  };
  const take = () => {
    if (!driving || !film) {
      driver.letGo();
      ducking = null;
      return;
    }
    const { video } = film;
    takenLive = showsLive();
    const edges = { document, shadowOf, bridge, nowMs, serverNowMs, seenAds };
    const taken = driver.take(adapterOf(video, rule, window.location.href, edges));
    const awaitName = () => driver.awaitName(isNamedByAddress(window.location.href, rule));
    // What tells of the film's length comes before the event that it is loaded.
    video.addEventListener('emptied', awaitName, { signal: taken });
    video.addEventListener(
      'loadedmetadata',
      () => {
        loaded();
        awaitName();
      },
      { signal: taken },
    );
    ducking = duckFilm(video, window, { every: everyUntilStopped }, taken);
  };

  const receive = (message: ToPlayer) => {
    switch (message.type) {
      case 'drive':
        driving = message.on;
        if (message.ads.length > 0 && adsSeen.length === 0) adsSeen = message.ads;
        if (!driving) driver.forgetOffer();
        take();
        break;
      case 'timeline':
        clock.told(message.server, nowMs());
        driver.follow(message);
        break;
      case 'resync':
        driver.resync();
        break;
      case 'offer':
        driver.offer(message);
        break;
      case 'overlay':
        if (overlay.set(message.on)) tellOverlay();
        break;
      case 'duck':
        ducking?.to(message.level);
        break;
      case 'overlay_act':
        overlay.act(message.act);
        break;
      case 'stirred':
        overlay.stirred(message.at);
        break;
      case 'touched':
        input.touched(nowMs() - message.ageMs);
        break;
      case 'clock':
        link.answered();
        clock.answered(message, nowMs());
        clock.told(message.server, nowMs());
        if (--burstLeft > 0) setTimeout(askClock, CLOCK_BURST_EVERY_MS);
        driver.tick();
        break;
      case 'dismiss':
        quit.abort();
    }
  };

  const tellStatus = (onlyNews: boolean) => {
    const status = driver.status();
    if (!status) return;
    const news = `${status.state} ${status.silenced} ${status.interruption?.kind ?? ''}`;
    if (onlyNews && lastStatus === news) return;
    lastStatus = news;
    send({ type: 'status', ...status, boundMs: clock.boundMs });
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
        const isAnother = found?.video !== film?.video;
        film = found;
        if (!isAnother) {
          tellFilm();
          return;
        }
        take();
        // How long it is counts before that it is there: what a site shows between two films moves nobody.
        if (found) {
          loaded();
          driver.awaitName(true);
          page.tell();
        }
        askForTimeline();
      },
    },
    signal,
  );
  every(TICK_MS, () => {
    noteAddress();
    driver.tick();
    tellStatus(true);
  });
  every(STATUS_EVERY_MS, () => {
    tellStatus(false);
    if (!film) tellFilm();
    if (driver.drives && showsLive() !== takenLive) take();
  });
  const needed = bridgeOf(rule);
  const wanted = () => driving && (rule?.bridge !== undefined || showsLive());
  if (needed) keepBridge(needed, { bridge, wanted, send }, signal);
  every(CLOCK_EVERY_MS, askClock);
  signal.addEventListener('abort', () => driver.letGo());
  link.open();
}
