import type { KnownBreak } from '../../messaging/ad-breaks.ts';
import { toPlayer, type FromPlayer, type ToPlayer } from '../../messaging/player-port.ts';
import { ReconnectingPort } from '../../messaging/reconnecting-port.ts';
import { ContentTracker } from './content-tracker.ts';
import { FrameClock } from './frame-clock.ts';
import type { FoundVideo, FrameHost } from './frame-host.ts';
import { PageReport } from './page-report.ts';
import { VideoDriver } from './video-driver.ts';

const TICK_MS = 100;
const STATUS_EVERY_MS = 1000;
const CLOCK_BURST = 5;
const CLOCK_BURST_EVERY_MS = 40;
/** A port message also keeps a service worker awake (Firefox counts nothing that a socket receives). */
const CLOCK_EVERY_MS = 5000;

/** Everything that the player script of one frame does, on a host: no DOM and no timers of its own. */
export class FrameRuntime {
  readonly #host: FrameHost;
  readonly #signal: AbortSignal;
  readonly #clock = new FrameClock();
  readonly #port: ReconnectingPort<ToPlayer, FromPlayer>;
  readonly #driver: VideoDriver;
  readonly #tracker: ContentTracker;
  readonly #page: PageReport;
  #video: FoundVideo | null = null;
  #duck: ((level: number) => void) | null = null;
  #drives = false;
  /** Of the stream that is in the player, or was before its page was loaded. */
  #adsSeen: readonly KnownBreak[] = [];
  /** The player was taken over as that of a live stream. */
  #isLive = false;
  #clockBurstLeft = 0;
  #lastStatus = '';
  #lastVideo = '';

  constructor(host: FrameHost) {
    const { nowMs, after, every } = host;
    const { signal } = host.lifetime;
    this.#host = host;
    this.#signal = signal;
    this.#port = new ReconnectingPort(
      host,
      (raw) => toPlayer.safeParse(raw).data ?? null,
      {
        opened: () => this.#opened(),
        message: (message) => this.#receive(message),
        lost: () => this.#driver.linkLost(),
        unloaded: () => host.lifetime.abort(),
      },
      signal,
    );
    this.#tracker = new ContentTracker(
      { nowMs, after: this.#after, href: host.href, isTop: host.isTop },
      () => {
        this.#page.report();
        this.#askForTimeline();
      },
    );
    this.#driver = new VideoDriver(host.input, {
      nowMs,
      serverNowMs: () => this.#clock.serverNowMs(nowMs()),
      hidden: host.hidden,
      mayMakeSound: host.mayMakeSound,
      send: (message) => this.send(message),
      after: this.#after,
      changing: () => this.#noteAddress(),
    });
    this.#page = new PageReport(
      {
        after,
        every,
        isTop: host.isTop,
        largeFrameOrigins: host.largeFrameOrigins,
        readPage: () => this.#readPage(),
        send: (message) => this.send(message),
      },
      signal,
    );
    for (const stop of [
      every(TICK_MS, () => this.#tick()),
      every(STATUS_EVERY_MS, () => this.#everySecond()),
      every(CLOCK_EVERY_MS, () => this.#askClock()),
    ])
      signal.addEventListener('abort', stop);
    signal.addEventListener('abort', () => this.#driver.letGo());
  }

  start(): void {
    this.#port.open();
  }

  /** Whether this frame's video is the one that takes part. */
  get drives(): boolean {
    return this.#drives;
  }

  get status() {
    return this.#driver.status();
  }

  send(message: FromPlayer): void {
    this.#port.send(message);
  }

  /** A frame in this page came, went or was loaded anew: it has no player script. */
  framesChanged(): void {
    this.#page.framesChanged();
  }

  /** The frame's best video is another one, or counts differently; `null` while there is none. */
  videoFound(found: FoundVideo | null): void {
    const isAnother = found?.element !== this.#video?.element;
    this.#video = found;
    if (!isAnother) {
      this.#reportVideo();
      return;
    }
    this.#take();
    // Its length counts before that it is there: what a site shows between two videos moves nobody.
    if (found) {
      this.#videoLoaded();
      this.#sourceChanged(true);
      this.#page.report();
    }
    this.#askForTimeline();
  }

  #after: FrameHost['after'] = (delayMs, run) =>
    this.#host.after(delayMs, () => {
      if (!this.#signal.aborted) run();
    });

  #opened(): void {
    this.#clock.reconnected();
    this.#clockBurstLeft = CLOCK_BURST;
    this.#lastStatus = '';
    this.#reportOverlay();
    this.#page.report();
    this.#askForTimeline();
    this.#askClock();
  }

  #receive(message: ToPlayer): void {
    const { nowMs, overlay, input, lifetime } = this.#host;
    switch (message.type) {
      case 'drive':
        this.#drives = message.on;
        if (message.ads.length > 0 && this.#adsSeen.length === 0) this.#adsSeen = message.ads;
        if (!message.on) this.#driver.forgetOffer();
        return this.#take();
      case 'timeline':
        this.#clock.told(message.server, nowMs());
        return this.#driver.follow(message, this.#tracker.awaitsId);
      case 'resync':
        return this.#driver.resync();
      case 'offer':
        return this.#driver.offer(message);
      case 'overlay':
        if (overlay.set(message.on)) this.#reportOverlay();
        return;
      case 'duck':
        return this.#duck?.(message.level);
      case 'overlay_act':
        return overlay.act(message.act);
      case 'stirred':
        return overlay.stirred(message.at);
      case 'touched':
        return input.touched(nowMs() - message.ageMs);
      case 'clock':
        this.#clock.answered(message, nowMs());
        this.#clock.told(message.server, nowMs());
        if (--this.#clockBurstLeft > 0) this.#after(CLOCK_BURST_EVERY_MS, () => this.#askClock());
        return this.#driver.tick();
      case 'dismiss':
        return lifetime.abort();
    }
  }

  #tick(): void {
    this.#noteAddress();
    this.#driver.tick();
    this.#reportStatus(true);
  }

  #everySecond(): void {
    this.#reportStatus(false);
    if (!this.#video) this.#reportVideo();
    if (this.#driver.drives && this.#host.showsLive() !== this.#isLive) this.#take();
  }

  /** Drives the player that is there, if this frame is to. */
  #take(): void {
    if (!this.#drives || !this.#video) {
      this.#driver.letGo();
      this.#duck = null;
      return;
    }
    const video = this.#video;
    this.#isLive = this.#host.showsLive();
    const { nowMs } = this.#host;
    const serverNowMs = () => this.#clock.serverNowMs(nowMs());
    const seenAds = {
      read: () => this.#adsSeen,
      write: (breaks: readonly KnownBreak[]) => {
        this.#adsSeen = breaks;
        this.send({ type: 'ads', breaks: [...breaks] });
      },
    };
    const taken = this.#driver.take(video.adapter({ nowMs, serverNowMs, seenAds }));
    video.onSource((event) => {
      if (event === 'loadedmetadata') this.#videoLoaded();
      this.#sourceChanged(this.#host.isNamedByAddress());
    }, taken);
    this.#duck = video.ducking(taken);
  }

  #videoLoaded(): void {
    this.#tracker.loaded();
    if (!this.#host.isTop) this.send({ type: 'loaded', durationSec: this.#durationSec() });
  }

  #sourceChanged(idFromUrl: boolean): void {
    const { atEnd } = this.#driver;
    const explainedBySeek = () => this.#driver.explainsSource();
    if (this.#tracker.sourceChanged({ idFromUrl, atEnd, explainedBySeek })) this.#driver.awaitContentId();
  }

  /** What was to be followed is of the page before: the background says what counts here. */
  #noteAddress(): void {
    if (!this.#tracker.addressChanged()) return;
    this.#driver.pageWent();
    this.#page.report();
  }

  #readPage() {
    const reading = this.#driver.read();
    const interrupted = (reading?.interruption ?? null) !== null;
    const facts = { drives: this.#drives, durationSec: this.#durationSec(), interrupted };
    return this.#tracker.identify(this.#host.readPage(facts), this.#video !== null);
  }

  #durationSec(): number | null {
    const reading = this.#driver.read();
    if (reading) return reading.interruption ? null : reading.durationSec;
    return this.#video?.durationSec() ?? null;
  }

  #askClock(): void {
    this.send({ type: 'clock', t1Ms: this.#host.nowMs() });
  }

  #reportOverlay(): void {
    this.send({ type: 'overlay', secret: this.#host.overlay.secret });
  }

  /** The report of the video is answered with what is to be followed. */
  #askForTimeline(): void {
    this.#lastVideo = '';
    this.#reportVideo();
  }

  #reportVideo(): void {
    const unrecognised = !this.#video && this.#host.isUnrecognised();
    const score = this.#video?.score ?? 0;
    const video = `${score} ${unrecognised}`;
    if (video === this.#lastVideo) return;
    this.#lastVideo = video;
    this.send({ type: 'film', score, durationSec: this.#durationSec(), unrecognised });
  }

  #reportStatus(onlyIfChanged: boolean): void {
    const status = this.#driver.status();
    if (!status) return;
    const shown = `${status.state} ${status.silenced} ${status.interruption?.kind ?? ''}`;
    if (onlyIfChanged && this.#lastStatus === shown) return;
    this.#lastStatus = shown;
    this.send({ type: 'status', ...status, boundMs: this.#clock.boundMs });
  }
}
