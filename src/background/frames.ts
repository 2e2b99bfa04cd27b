import type { KnownBreak } from '../messaging/ad-breaks.ts';
import type { OverlayAct } from '../messaging/overlay.ts';
import { post, type RuntimePort } from '../messaging/runtime-port.ts';
import { fromPlayer, type FromPlayer, type TabPage, type ToPlayer } from '../messaging/player-port.ts';

interface Frame {
  port: RuntimePort;
  tabId: number;
  frameId: number;
  score: number;
  /** Of its video, s. */
  durationSec: number | null;
  unrecognised: boolean;
  intentsSeen: number;
  largeOrigins: readonly string[];
  /** What it shows; known of a tab's top frame only. */
  page: TabPage | null;
  /** Of the overlay that it shows. */
  overlaySecret: string | null;
}

export interface FrameEvents {
  /** Where ads have been seen in its stream before. */
  adsOf: (frame: FrameHandle) => readonly KnownBreak[];
  /** The best film of the tab is in another frame, came or went. */
  filmChanged: (tabId: number) => void;
  message: (frame: FrameHandle, message: FromPlayer) => void;
  /** A script that was sent away has left: until then no other could begin in its frame. */
  left: (tabId: number) => void;
}

/** One frame of a tab that has a player script. */
export interface FrameHandle {
  /** Tells one frame from another. */
  readonly key: unknown;
  readonly tabId: number;
  readonly frameId: number;
  /** Where it was when its script connected; a frame that goes elsewhere connects anew. */
  readonly url: string;
  readonly intentsSeen: number;
  /** The length of its video, s; `null` while unknown. */
  readonly durationSec: number | null;
  send: (message: ToPlayer) => void;
}

/** A frame must be clearly better to take over from the one that drives. */
const TAKEOVER_FACTOR = 1.5;

/** The player scripts that are connected, and which of a tab's frames has the film. */
export class Frames {
  readonly #frames = new Map<RuntimePort, Frame>();
  readonly #drivers = new Map<number, Frame>();
  readonly #events: FrameEvents;

  constructor(events: FrameEvents) {
    this.#events = events;
  }

  /** Takes a port of a player script; other senders are not listened to. */
  add(port: RuntimePort): void {
    const { tab, frameId } = port.sender ?? {};
    if (tab?.id === undefined || frameId === undefined) {
      port.disconnect();
      return;
    }
    const frame: Frame = {
      port,
      tabId: tab.id,
      frameId,
      score: 0,
      durationSec: null,
      unrecognised: false,
      intentsSeen: 0,
      largeOrigins: [],
      page: null,
      overlaySecret: null,
    };
    this.#frames.set(port, frame);
    port.onMessage.addListener((raw: unknown) => this.#receive(frame, raw));
    port.onDisconnect.addListener(() => {
      if (!this.#frames.delete(port)) this.#events.left(frame.tabId);
      this.#chooseDriver(frame.tabId);
    });
  }

  /** The frame whose film takes part. */
  driver(tabId: number): FrameHandle | null {
    const frame = this.#drivers.get(tabId);
    return frame ? handleOf(frame) : null;
  }

  handles(tabId: number): FrameHandle[] {
    return this.#of(tabId).map(handleOf);
  }

  /** Whether any script of a tab is connected. */
  has(tabId: number): boolean {
    return this.#of(tabId).length > 0;
  }

  /** What a tab shows, as its own script told: this is known although the tab was only looked into before. */
  pageOf(tabId: number): TabPage | null {
    return this.#of(tabId).find((frame) => frame.page)?.page ?? null;
  }

  /** Whether something plays in a tab where its site's film should be, and is not known. */
  unrecognised(tabId: number): boolean {
    return this.#of(tabId).some((frame) => frame.unrecognised);
  }

  /** The tab whose own script has made an overlay that knows this secret. */
  tabOfOverlay(secret: string): number | null {
    return [...this.#frames.values()].find((frame) => frame.overlaySecret === secret)?.tabId ?? null;
  }

  /** Shows the overlay over a tab's page, or takes it away. */
  showOverlay(tabId: number, on: boolean): void {
    this.#toTop(tabId, { type: 'overlay', on });
  }

  /** A key of the browser was pressed that means the overlay. */
  overlayAct(tabId: number, act: OverlayAct): void {
    this.#toTop(tabId, { type: 'overlay_act', act });
  }

  /** Origins of large frames in a tab's pages, as their embedding pages tell. */
  largeOrigins(tabId: number): string[] {
    return [...new Set(this.#of(tabId).flatMap((frame) => frame.largeOrigins))];
  }

  /** Sends the scripts of a tab away. */
  dismiss(tabId: number): void {
    for (const frame of this.#of(tabId)) {
      handleOf(frame).send({ type: 'dismiss' });
      this.#frames.delete(frame.port);
    }
    this.#chooseDriver(tabId);
  }

  #toTop(tabId: number, message: ToPlayer): void {
    for (const frame of this.#of(tabId)) if (frame.frameId === 0) handleOf(frame).send(message);
  }

  #of(tabId: number): Frame[] {
    return [...this.#frames.values()].filter((frame) => frame.tabId === tabId);
  }

  #receive(frame: Frame, raw: unknown): void {
    if (!this.#frames.has(frame.port)) return;
    const parsed = fromPlayer.safeParse(raw);
    if (!parsed.success) return;
    const message = parsed.data;
    if (message.type === 'film') {
      frame.score = message.score;
      frame.durationSec = message.durationSec;
      frame.unrecognised = message.unrecognised;
      this.#chooseDriver(frame.tabId);
    } else if (message.type === 'loaded') frame.durationSec = message.durationSec;
    else if (message.type === 'frames_changed') frame.largeOrigins = message.largeOrigins;
    else if (message.type === 'page') frame.page = frame.frameId === 0 ? message : null;
    else if (message.type === 'overlay') frame.overlaySecret = message.secret;
    else if (message.type === 'intent') frame.intentsSeen += 1;
    else if (message.type === 'stirred') this.#toTop(frame.tabId, message);
    else if (message.type === 'touched') {
      for (const other of this.#of(frame.tabId)) if (other !== frame) handleOf(other).send(message);
    }
    this.#events.message(handleOf(frame), message);
  }

  #chooseDriver(tabId: number): void {
    const current = this.#drivers.get(tabId);
    let best: Frame | undefined;
    const weight = (frame: Frame) => frame.score * (frame === current ? TAKEOVER_FACTOR : 1);
    for (const frame of this.#of(tabId)) {
      if (frame.score > 0 && (!best || weight(frame) > weight(best))) best = frame;
    }
    if (best === current) return;
    if (current && this.#frames.has(current.port))
      handleOf(current).send({ type: 'drive', on: false, ads: [] });
    if (best) {
      this.#drivers.set(tabId, best);
      const handle = handleOf(best);
      handle.send({ type: 'drive', on: true, ads: [...this.#events.adsOf(handle)] });
    } else this.#drivers.delete(tabId);
    this.#events.filmChanged(tabId);
  }
}

function handleOf(frame: Frame): FrameHandle {
  return {
    key: frame.port,
    tabId: frame.tabId,
    frameId: frame.frameId,
    url: frame.port.sender?.url ?? '',
    intentsSeen: frame.intentsSeen,
    durationSec: frame.durationSec,
    send: (message) => post(frame.port, message),
  };
}
