import type { FromCall, ToCall } from '../messaging/call-port.ts';
import { LIMITS } from '../protocol/index.ts';
import type { Capture } from '../rtc/capture.ts';
import { announcedVoice, detectVoice, SILENCE, type VoiceActivity } from '../rtc/voice-activity.ts';
import { stateAtFirst, type CallState } from './call-state.ts';
import { Connection, type CreateTransport } from './connection.ts';
import type { ParticipantVolume, ParticipantVolumes, VolumeStore } from './participant-volume.ts';
import { isRefusal, mediaProblem } from './media-problem.ts';
import { RemoteParticipants } from './remote-participants.ts';
import { LocalMedia, type MediaKind } from './local-media.ts';
import type { CallPrefs, PrefsStore } from './prefs.ts';
import { RemoteAudio } from './remote-audio.ts';

/** What the call says to the background. */
export interface CallPort {
  send: (message: FromCall) => void;
}

export interface CallEdges {
  /** Lays the line to the background. */
  connect: (heard: (message: ToCall) => void) => CallPort;
  capture: Capture;
  /** A word for a `capture` that is in another page. */
  captureHeard: (word: unknown) => void;
  createTransport: CreateTransport;
  prefs: PrefsStore;
  volumes: VolumeStore;
  /** Whether the browser would have to ask for camera or microphone. */
  mustAsk: () => Promise<boolean>;
  signal: AbortSignal;
}

const LISTEN_EVERY_MS = 100;
/** To list devices is work for the whole browser, which has the others' faces to show first. */
const LIST_AFTER_MS = 2000;

/** The call of one page: what a person does with it, what the background tells of it, and what is shown. */
export class Call {
  #state: CallState;
  readonly #edges: CallEdges;
  readonly #link: CallPort;
  readonly #listeners = new Set<() => void>();
  readonly #audio: RemoteAudio;
  readonly #remote: RemoteParticipants;
  readonly #local: LocalMedia;
  #roster: Extract<ToCall, { type: 'roster' }> | null = null;
  #asking: readonly string[] = [];
  #connection: Connection | null = null;
  #mySpeech = SILENCE;
  #duckedTo = 1;
  #listening: ReturnType<typeof setInterval> | undefined;
  #listing: ReturnType<typeof setTimeout> | undefined;

  constructor(edges: CallEdges, prefs: CallPrefs, volumes: ParticipantVolumes) {
    this.#edges = edges;
    this.#state = stateAtFirst(prefs);
    this.#audio = new RemoteAudio(() => this.#set({ soundBlocked: true }));
    this.#audio.sendTo(prefs.speakerId);
    this.#remote = new RemoteParticipants(this.#audio, volumes);
    this.#local = new LocalMedia(edges.capture, {
      changed: (tracks) => {
        this.#connection?.publish(tracks);
        const before = this.#state.picture?.getVideoTracks()[0] ?? null;
        if (tracks.video !== before) this.#set({ picture: tracks.video && new MediaStream([tracks.video]) });
      },
      failed: (kinds, error) => this.#deviceFailed(kinds, error),
    });
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
    } else await this.#openPreview();
  }

  async #openPreview(): Promise<void> {
    // The party may have ended, or another page have the call, while the browser was asked.
    if (!this.#roster) return;
    const { microphone, camera } = this.#state.prefs;
    this.#set({ phase: 'preview', askFirst: false, problem: null, microphone, camera });
    await this.#capture();
  }

  cancel(): void {
    void this.#local.want(null);
    this.#set({ phase: 'out', problem: null, askFirst: false });
  }

  join(): void {
    if (this.#isFull()) this.#set({ problem: FULL });
    else this.#enter();
  }

  leave(): void {
    this.#end();
    this.#set({ phase: 'out', microphone: false, camera: false, soundBlocked: false });
    this.#tellMedia();
  }

  /** The person's answer to one of `knocks`; it is good until that one leaves the room, or this person the call. */
  letIn(userId: string, letIn: boolean): void {
    this.#link.send({ type: 'let_in', userId, letIn });
  }

  async toggle(kind: MediaKind): Promise<void> {
    const on = !this.#state[kind];
    this.#set({ [kind]: on, problem: null });
    this.#remember({ [kind]: on });
    this.#tellMedia();
    await this.#capture();
  }

  async choose(kind: 'microphoneId' | 'cameraId' | 'speakerId', id: string): Promise<void> {
    this.#remember({ [kind]: id });
    if (kind === 'speakerId') this.#audio.sendTo(id);
    else await this.#capture();
  }

  duck(change: Partial<Pick<CallPrefs, 'ducking' | 'duckTo'>>): void {
    this.#remember(change);
  }

  /** How loud this person wants to hear somebody. */
  setVolume(userId: string, change: Partial<ParticipantVolume>): void {
    this.#remote.setVolume(userId, change);
    void this.#edges.volumes.write(this.#remote.volumes);
    this.#showFaces();
  }

  /** How high a face is drawn, in px of the screen. */
  shown(userId: string, heightPx: number): void {
    this.#connection?.shown(userId, heightPx);
  }

  /** The person touched the page: sound may be made now. */
  unblockSound(): void {
    this.#set({ soundBlocked: false });
    this.#audio.play();
  }

  /** How loud the microphone is, 0 to 1. */
  level(): number {
    return this.#local.level() ?? 0;
  }

  networkChanged(): void {
    this.#connection?.networkChanged();
  }

  #told(message: ToCall): void {
    switch (message.type) {
      case 'roster':
        return this.#rosterTold(message);
      case 'relay':
        return this.#connection?.relayed(message);
      case 'ice_servers':
        return this.#connection?.iceTold(message);
      case 'taken':
        this.#end();
        // The next one told is as the first of a new page.
        this.#roster = null;
        return this.#set({ phase: 'elsewhere' });
      case 'ended':
        this.#end();
        this.#roster = null;
        return this.#set(stateAtFirst(this.#state.prefs));
      case 'capture':
        return this.#edges.captureHeard(message.word);
      case 'allowed':
        // Who was asked in a tab of ours finds the call as far as it had got.
        if (this.#state.askFirst) void this.#openPreview();
        return;
      case 'toggle_microphone':
        // Out of the call nothing listens, and no key may change that.
        if (this.#state.phase === 'in') void this.toggle('microphone');
    }
  }

  #rosterTold(roster: Extract<ToCall, { type: 'roster' }>): void {
    const before = this.#roster;
    const anew = before?.me.userId !== roster.me.userId;
    if (before && anew) this.#end();
    this.#roster = roster;
    const inCall = roster.peers.filter(({ media }) => media?.inCall);
    this.#set({ me: roster.me, inCall, ...(anew && { phase: 'out' }) });
    const { inCall: wasIn, microphone, camera } = roster.media;
    if (anew && wasIn) {
      // This page was loaded anew in the middle of the call.
      this.#set({ microphone, camera });
      this.#enter();
    } else if (this.#state.phase === 'in' && !wasIn) {
      // Somebody took the last place at the same moment, or the background does not know of this stay.
      if (this.#isFull()) this.#turnedAway();
      else this.#tellMedia();
    }
    this.#connection?.setPeers(roster.peers);
    this.#connection?.setOnline(roster.online);
    this.#showFaces();
  }

  #enter(): void {
    if (!this.#roster || this.#connection) return;
    this.#set({ phase: 'in', problem: null });
    this.#tellMedia();
    this.#connection = new Connection(this.#roster.me.userId, this.#local.tracks, {
      createTransport: this.#edges.createTransport,
      send: (message) => this.#link.send(message),
      events: {
        tracks: (userId, tracks) => {
          this.#remote.came(userId, tracks);
          this.#showFaces();
        },
        report: (userId, { health }) => {
          if (this.#remote.reported(userId, health)) this.#showFaces();
        },
        asking: (userIds) => {
          if (userIds.join('\n') === this.#asking.join('\n')) return;
          this.#asking = userIds;
          this.#showFaces();
        },
      },
    });
    this.#connection.setPeers(this.#roster.peers);
    this.#listening = setInterval(() => this.#listen(), LISTEN_EVERY_MS);
    // To start a camera keeps a computer from connecting, which takes the others' time as well.
    void this.#connection.introduced.then(() => this.#capture());
  }

  #isFull(): boolean {
    return this.#state.inCall.length >= LIMITS.callMembers;
  }

  #turnedAway(): void {
    this.#end();
    this.#set({ phase: 'out', microphone: false, camera: false, problem: FULL });
  }

  async #capture(): Promise<void> {
    const { phase, microphone, camera, prefs } = this.#state;
    const { microphoneId, cameraId } = prefs;
    const here = phase === 'preview' || phase === 'in';
    await this.#local.want(here ? { microphone, camera, microphoneId, cameraId } : null);
    clearTimeout(this.#listing);
    if (phase !== 'in') await this.#lookForDevices();
    else this.#listing = setTimeout(() => void this.#lookForDevices(), LIST_AFTER_MS);
  }

  #deviceFailed(kinds: readonly MediaKind[], error: unknown): void {
    const { phase } = this.#state;
    if (phase !== 'preview' && phase !== 'in') return;
    const mayAsk = this.#edges.capture.cannotAsk && isRefusal(error);
    if (mayAsk) this.#link.send({ type: 'ask_permission' });
    const off = Object.fromEntries(kinds.map((kind) => [kind, false]));
    this.#set({ problem: mayAsk ? ASK_THERE : mediaProblem(error, kinds), ...off });
    this.#tellMedia();
    void this.#capture();
  }

  #end(): void {
    clearInterval(this.#listening);
    clearTimeout(this.#listing);
    this.#connection?.leave();
    this.#connection = null;
    this.#remote.clear();
    this.#asking = [];
    this.#set({ faces: [], knocks: [] });
    void this.#local.want(null);
    this.#duckFilm(1);
  }

  #tellMedia(): void {
    const { phase, microphone, camera } = this.#state;
    const inCall = phase === 'in';
    if (!inCall && !this.#roster?.media.inCall) return;
    const media = { inCall, microphone: inCall && microphone, camera: inCall && camera };
    this.#link.send({ type: 'media', media });
  }

  async #lookForDevices(): Promise<void> {
    this.#set({ devices: await this.#edges.capture.devices().catch(() => []) });
  }

  /** Looks who speaks, and makes the film quieter meanwhile. */
  #listen(): void {
    const nowMs = performance.now();
    const mutedIds = new Set(
      this.#state.inCall.flatMap(({ userId, media }) => (media?.microphone === false ? userId : [])),
    );
    const voiceOf = (userId: string, before: VoiceActivity) => {
      const muted = mutedIds.has(userId);
      const announced = muted ? null : (this.#connection?.isSpeaking(userId) ?? null);
      if (announced !== null) return announcedVoice(announced);
      return detectVoice(before, muted ? 0 : (this.#connection?.audioLevel(userId) ?? 0), nowMs);
    };
    if (this.#remote.listen(voiceOf)) this.#showFaces();
    const level = this.#state.microphone ? this.#local.level() : false;
    this.#mySpeech = level === false ? announcedVoice(false) : detectVoice(this.#mySpeech, level ?? 0, nowMs);
    this.#connection?.setSpeaking(level === null ? null : this.#mySpeech.speaking);
    if (this.#mySpeech.speaking !== this.#state.speaking) this.#set({ speaking: this.#mySpeech.speaking });
    const { ducking, duckTo } = this.#state.prefs;
    this.#duckFilm(ducking && this.#remote.anyHeard ? duckTo : 1);
  }

  #duckFilm(level: number): void {
    if (level === this.#duckedTo) return;
    this.#duckedTo = level;
    this.#link.send({ type: 'duck', level });
  }

  #showFaces(): void {
    const peers = this.#state.phase === 'in' ? (this.#roster?.peers ?? []) : [];
    const knocks = peers.filter(({ userId }) => this.#asking.includes(userId));
    this.#set({ faces: this.#remote.faces(peers), knocks });
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
const FULL = `This call is full: ${LIMITS.callMembers} people are in it. You can still watch and chat, and join when somebody leaves.`;
