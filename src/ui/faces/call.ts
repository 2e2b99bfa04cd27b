import type { CallPeer, ToCall } from '../../messaging/call-port.ts';
import type { IceServer, Media, Peer } from '../../protocol/index.ts';
import type { Capture, CaptureWish, Device } from '../../rtc/capture.ts';
import type { Health } from '../../rtc/health.ts';
import { loudnessOf } from '../../rtc/loudness.ts';
import { heard, SILENCE, type Speech } from '../../rtc/speaking.ts';
import type { CallTransport, Tracks, TransportEvents } from '../../rtc/transport.ts';
import type { CallLink } from './call-link.ts';
import { mediaProblem } from './media-problem.ts';
import type { CallPrefs, PrefsStore } from './prefs.ts';
import { Voices } from './voices.ts';

/** Somebody else in the call. */
export interface Face {
  userId: string;
  displayName: string;
  media: Media;
  picture: MediaStream | null;
  health: Health;
  speaking: boolean;
  /** 0 to 1, how loud this person wants to hear them. */
  volume: number;
}

export interface CallState {
  /** `waiting`: the browser asks for the camera, or the call is taken up after a page was loaded anew. */
  phase: 'unknown' | 'out' | 'preview' | 'in';
  me: Peer | null;
  microphone: boolean;
  camera: boolean;
  picture: MediaStream | null;
  speaking: boolean;
  faces: readonly Face[];
  /** Others in the call, also while this person is not. */
  inCall: readonly CallPeer[];
  devices: readonly Device[];
  prefs: CallPrefs;
  problem: string | null;
  /** Camera and microphone have to be allowed in a page of our own first. */
  askFirst: boolean;
  soundBlocked: boolean;
}

export interface CallEdges {
  /** Lays the line to the background. */
  connect: (heard: (message: ToCall) => void) => CallLink;
  capture: Capture;
  /** A word for a `capture` that is in another page. */
  captureHeard: (word: unknown) => void;
  createTransport: (myUserId: string, tracks: Tracks, events: TransportEvents) => CallTransport;
  prefs: PrefsStore;
  /** Whether the browser would have to ask for camera or microphone. */
  mustAsk: () => Promise<boolean>;
  signal: AbortSignal;
}

/** A mesh has places for so many. */
export const CALL_SIZE = 8;
const LISTEN_EVERY_MS = 100;
/** How long the servers for connections are waited for; within one network nobody needs them. */
const ICE_WITHIN_MS = 1500;
const RENEW_AFTER_PART = 0.75;
const NO_TRACKS: Tracks = { audio: null, video: null };

/** The call of one page: what is captured here, who is connected, and what is shown of it. */
export class Call {
  #state: CallState;
  readonly #edges: CallEdges;
  readonly #link: CallLink;
  readonly #listeners = new Set<() => void>();
  readonly #voices: Voices;
  readonly #faces = new Map<
    string,
    { tracks: Tracks; picture: MediaStream | null; health: Health; speech: Speech }
  >();
  readonly #volumes = new Map<string, number>();
  #roster: Extract<ToCall, { type: 'roster' }> | null = null;
  #transport: CallTransport | null = null;
  #iceKnown = false;
  #mine: Tracks = NO_TRACKS;
  #loudness: { level: () => number; stop: AbortController } | null = null;
  #mySpeech = SILENCE;
  #duckedTo = 1;
  #iceTold: ((servers: readonly IceServer[]) => void) | null = null;
  #listening: ReturnType<typeof setInterval> | undefined;
  #renewing: ReturnType<typeof setTimeout> | undefined;

  constructor(edges: CallEdges, prefs: CallPrefs) {
    this.#edges = edges;
    this.#voices = new Voices(() => this.#set({ soundBlocked: true }));
    this.#voices.sendTo(prefs.speakerId);
    this.#state = {
      phase: 'unknown',
      me: null,
      microphone: false,
      camera: false,
      picture: null,
      speaking: false,
      faces: [],
      inCall: [],
      devices: [],
      prefs,
      problem: null,
      askFirst: false,
      soundBlocked: false,
    };
    this.#link = edges.connect((message) => this.#told(message));
    edges.capture.onDevices(() => void this.#lookForDevices(), edges.signal);
    edges.signal.addEventListener('abort', () => this.#end());
  }

  get state(): CallState {
    return this.#state;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Shows the person what the others would see and hear. */
  async preview(): Promise<void> {
    const askFirst = await this.#edges.mustAsk();
    if (askFirst) {
      this.#set({ askFirst });
      this.#link.send({ type: 'ask_permission' });
      return;
    }
    const { microphone, camera } = this.#state.prefs;
    this.#set({ phase: 'preview', askFirst: false, problem: null, microphone, camera });
    await this.#capture();
  }

  cancel(): void {
    this.#release();
    this.#set({ phase: 'out', problem: null, askFirst: false });
  }

  join(): void {
    if (this.#state.inCall.length >= CALL_SIZE) {
      this.#set({ problem: FULL });
      return;
    }
    void this.#enter();
  }

  leave(): void {
    this.#end();
    this.#set({ phase: 'out', microphone: false, camera: false, faces: [], soundBlocked: false });
    this.#tellMedia();
  }

  async toggle(kind: 'microphone' | 'camera'): Promise<void> {
    const on = !this.#state[kind];
    this.#set({ [kind]: on });
    this.#remember({ [kind]: on });
    this.#tellMedia();
    await this.#capture();
  }

  async choose(kind: 'microphoneId' | 'cameraId' | 'speakerId', id: string): Promise<void> {
    this.#remember({ [kind]: id });
    if (kind === 'speakerId') {
      this.#voices.sendTo(id);
      return;
    }
    this.#drop(kind === 'cameraId' ? 'video' : 'audio');
    await this.#capture();
  }

  duck(change: Partial<Pick<CallPrefs, 'ducking' | 'duckTo'>>): void {
    this.#remember(change);
  }

  setVolume(userId: string, volume: number): void {
    this.#volumes.set(userId, volume);
    this.#voices.setVolume(userId, volume);
    this.#showFaces();
  }

  /** How high a face is drawn, in px of the screen. */
  shown(userId: string, heightPx: number): void {
    this.#transport?.subscribe(userId, Math.round(heightPx));
  }

  /** The person touched the page: sound may be made now. */
  unblockSound(): void {
    this.#set({ soundBlocked: false });
    this.#voices.play();
  }

  /** How loud the microphone is, 0 to 1. */
  level(): number {
    return this.#loudness?.level() ?? 0;
  }

  networkChanged(): void {
    this.#transport?.networkChanged();
  }

  #told(message: ToCall): void {
    switch (message.type) {
      case 'roster': {
        const first = this.#roster === null;
        const another = this.#roster !== null && this.#roster.me.userId !== message.me.userId;
        if (another) this.#end();
        this.#roster = message;
        const inCall = message.peers.filter(({ media }) => media?.inCall);
        this.#set({ me: message.me, inCall });
        if (first || another) {
          this.#set({ phase: 'out' });
          const { inCall: wasIn, microphone, camera } = message.media;
          if (wasIn) {
            this.#set({ microphone, camera });
            void this.#enter();
          }
        } else if (this.#state.phase === 'in' && !message.media.inCall) this.#tellMedia();
        // Without the servers for connections the first attempt could fail, and cost seconds.
        if (this.#iceKnown) this.#transport?.setPeers(inCall.map(({ userId }) => userId));
        this.#showFaces();
        return;
      }
      case 'relay':
        return this.#transport?.receive(message.fromUserId, message.kind, message.data);
      case 'ice_servers':
        this.#transport?.setIceServers(message.iceServers);
        this.#renewIce(message.expiresInMs);
        return this.#iceTold?.(message.iceServers);
      case 'taken':
        this.#end();
        return this.#set({ phase: 'unknown', faces: [] });
      case 'capture':
        return this.#edges.captureHeard(message.word);
    }
  }

  async #enter(): Promise<void> {
    const roster = this.#roster;
    if (!roster || this.#transport) return;
    const told = new Promise<readonly IceServer[]>((resolve) => {
      this.#iceTold = resolve;
      setTimeout(() => resolve([]), ICE_WITHIN_MS);
    });
    this.#link.send({ type: 'get_ice' });
    this.#set({ phase: 'in', problem: null });
    this.#tellMedia();
    const transport = this.#edges.createTransport(roster.me.userId, this.#mine, {
      signal: (toUserId, kind, data) =>
        this.#link.send({ type: 'relay', toUserId, kind, data: data as Record<string, unknown> }),
      tracks: (userId, tracks) => this.#theirs(userId, tracks),
      report: (userId, { health }) => {
        const face = this.#faces.get(userId);
        if (!face || face.health === health) return;
        face.health = health;
        this.#showFaces();
      },
    });
    this.#transport = transport;
    this.#listening = setInterval(() => this.#listen(), LISTEN_EVERY_MS);
    transport.setIceServers(await told);
    if (this.#transport !== transport) return;
    this.#iceKnown = true;
    transport.setPeers(this.#state.inCall.map(({ userId }) => userId));
    await this.#capture();
  }

  #theirs(userId: string, tracks: Tracks | null): void {
    if (tracks) {
      const { video, audio } = tracks;
      const before = this.#faces.get(userId);
      const picture = before?.tracks.video === video ? before.picture : video && new MediaStream([video]);
      this.#faces.set(userId, { tracks, picture, health: 'connecting', speech: SILENCE });
      this.#voices.hear(userId, audio, this.#volumes.get(userId) ?? 1);
    } else {
      this.#faces.delete(userId);
      this.#voices.hear(userId, null, 1);
    }
    this.#showFaces();
  }

  /** Opens what is to be on and is not, and gives back what is to be off. */
  async #capture(): Promise<void> {
    const { microphone, camera, prefs } = this.#state;
    if (!camera) this.#drop('video');
    // A microphone that is off is kept and sends silence: it is there at once when somebody wants to speak.
    if (this.#mine.audio) this.#mine.audio.enabled = microphone;
    const wish: CaptureWish = {
      microphone: microphone && !this.#mine.audio && (prefs.microphoneId || true),
      camera: camera && !this.#mine.video && (prefs.cameraId || true),
    };
    if (wish.microphone !== false || wish.camera !== false) await this.#open(wish);
    this.#transport?.publish(this.#mine);
    void this.#lookForDevices();
  }

  async #open(wish: CaptureWish): Promise<void> {
    const { capture } = this.#edges;
    let opened = NO_TRACKS;
    try {
      opened = await capture.open(wish).catch(async (error: unknown) => {
        // Who lacks one of the two still has the other.
        if (wish.microphone === false || wish.camera === false) throw error;
        this.#set({ camera: false });
        return capture.open({ ...wish, camera: false });
      });
      this.#set({ problem: null });
    } catch (error) {
      const mayAsk = this.#edges.capture.cannotAsk && isRefusal(error);
      if (mayAsk) this.#link.send({ type: 'ask_permission' });
      this.#set({
        problem: mayAsk ? ASK_THERE : mediaProblem(error),
        ...(wish.microphone !== false && { microphone: false }),
        ...(wish.camera !== false && { camera: false }),
      });
      this.#tellMedia();
    }
    const { phase, microphone, camera } = this.#state;
    const here = phase === 'preview' || phase === 'in';
    const wanted = (track: MediaStreamTrack | null, on: boolean) => {
      if (track && !(here && on)) capture.stop(track);
      return here && on ? track : null;
    };
    const audio = wanted(opened.audio, microphone);
    const video = wanted(opened.video, camera);
    this.#mine = { audio: audio ?? this.#mine.audio, video: video ?? this.#mine.video };
    if (audio) {
      const stop = new AbortController();
      this.#loudness?.stop.abort();
      this.#loudness = { level: loudnessOf(audio, stop.signal), stop };
    }
    if (video) this.#set({ picture: new MediaStream([video]) });
  }

  #drop(kind: 'audio' | 'video'): void {
    const track = this.#mine[kind];
    if (track) this.#edges.capture.stop(track);
    this.#mine = { ...this.#mine, [kind]: null };
    if (kind === 'video') this.#set({ picture: null });
    else {
      this.#loudness?.stop.abort();
      this.#loudness = null;
    }
  }

  #release(): void {
    this.#drop('video');
    this.#drop('audio');
  }

  #end(): void {
    clearInterval(this.#listening);
    clearTimeout(this.#renewing);
    this.#transport?.leave();
    this.#transport = null;
    this.#iceKnown = false;
    this.#voices.stop();
    this.#faces.clear();
    this.#release();
    this.#duckFilm(1);
  }

  #tellMedia(): void {
    const { phase, microphone, camera } = this.#state;
    const inCall = phase === 'in';
    if (!inCall && !this.#roster?.media.inCall) return;
    this.#link.send({
      type: 'media',
      media: { inCall, microphone: inCall && microphone, camera: inCall && camera },
    });
  }

  async #lookForDevices(): Promise<void> {
    this.#set({ devices: await this.#edges.capture.devices().catch(() => []) });
  }

  /** Looks who speaks, and makes the film quieter meanwhile. */
  #listen(): void {
    const nowMs = performance.now();
    let changed = false;
    for (const [userId, face] of this.#faces) {
      const before = face.speech.speaking;
      const on = this.#roster?.peers.find((peer) => peer.userId === userId)?.media?.microphone ?? true;
      face.speech = on ? heard(face.speech, this.#transport?.level(userId) ?? 0, nowMs) : SILENCE;
      changed ||= before !== face.speech.speaking;
    }
    this.#mySpeech = this.#state.microphone ? heard(this.#mySpeech, this.level(), nowMs) : SILENCE;
    if (this.#mySpeech.speaking !== this.#state.speaking) this.#set({ speaking: this.#mySpeech.speaking });
    if (changed) this.#showFaces();
    const { ducking, duckTo } = this.#state.prefs;
    const heardNow = this.#state.faces.some(({ speaking, volume }) => speaking && volume > 0);
    this.#duckFilm(ducking && heardNow ? duckTo : 1);
  }

  /** A film is longer than credentials may be good for, and a network may change at its end. */
  #renewIce(expiresInMs: number | undefined): void {
    clearTimeout(this.#renewing);
    if (expiresInMs === undefined || !this.#transport) return;
    this.#renewing = setTimeout(() => this.#link.send({ type: 'get_ice' }), expiresInMs * RENEW_AFTER_PART);
  }

  #duckFilm(level: number): void {
    if (level === this.#duckedTo) return;
    this.#duckedTo = level;
    this.#link.send({ type: 'duck', level });
  }

  #showFaces(): void {
    const faces = (this.#roster?.peers ?? []).flatMap(({ userId, displayName, media }): Face[] => {
      const face = this.#faces.get(userId);
      if (this.#state.phase !== 'in' || !(face ?? media?.inCall)) return [];
      return [
        {
          userId,
          displayName,
          // A plain v1 peer cannot say; what comes is shown.
          media: media ?? { inCall: true, microphone: true, camera: true },
          picture: face?.picture ?? null,
          health: face?.health ?? 'connecting',
          speaking: face?.speech.speaking ?? false,
          volume: this.#volumes.get(userId) ?? 1,
        },
      ];
    });
    this.#set({ faces });
  }

  #remember(change: Partial<CallPrefs>): void {
    const prefs = { ...this.#state.prefs, ...change };
    this.#set({ prefs });
    void this.#edges.prefs.write(prefs);
  }

  #set(change: Partial<CallState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

const ASK_THERE = 'Allow camera and microphone in the tab that opened, then come back and switch them on.';
const isRefusal = (error: unknown) => error instanceof DOMException && error.name === 'NotAllowedError';
const FULL = `This call is full: ${CALL_SIZE} people are in it. You can still watch and chat, and join when somebody leaves.`;
