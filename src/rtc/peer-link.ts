import { z } from 'zod';
import type { NegotiationState } from './negotiation.ts';
import { VIDEO_CONSTRAINTS } from './capture.ts';
import { enableOpusDtx, preferOffererAsDtlsClient } from './sdp.ts';
import { Throttle } from './throttle.ts';
import { encodingFor, type EncodingLimits } from './video-encoding.ts';
import type { Signal } from './signal.ts';
import type { Timing } from './timing.ts';
import type { Tracks } from './transport.ts';

export interface LinkEvents {
  send: (signal: Signal) => void;
  tracks: (tracks: Tracks) => void;
  /** The state of the connection changed. */
  state: (state: RTCPeerConnectionState) => void;
  /** A description could not be applied: the two sides are out of step. */
  outOfStep: () => void;
}

/** Peer to peer, over the data channel: how high the other's picture is shown, and whether this one speaks, where it knows. */
const controlMessage = z.object({ shownPx: z.number().min(0).max(10_000), speaking: z.boolean().nullish() });
type ControlMessage = z.infer<typeof controlMessage>;
/** Far more than a computer with many networks has. */
const MAX_CANDIDATES = 100;
/** Until a peer has said something; a plain v1 peer never does. */
const DEFAULT_CONTROL: ControlMessage = { shownPx: 180 };

/** One `RTCPeerConnection` with one peer, from its first signal until it is closed; a peer loaded anew gets another. */
export class PeerLink {
  readonly id = crypto.randomUUID();
  readonly pc: RTCPeerConnection;
  remoteId: string | null = null;
  readonly #events: LinkEvents;
  /** For what the other side asks of the encoder: each change of size costs a whole new picture. */
  readonly #throttle: Throttle;
  readonly #stream = new MediaStream();
  readonly #channel: RTCDataChannel;
  #tracks: Tracks;
  #offering = false;
  readonly #asked: boolean;
  #closed = false;
  #lastOffer = '';
  /** Of the other side, since its last description. */
  #candidates = 0;
  /** Signals and offers one after the other, since each takes several steps. */
  #queue: Promise<void> = Promise.resolve();
  #remote = DEFAULT_CONTROL;
  #local = DEFAULT_CONTROL;
  /** What was asked for last of each. */
  #lastEncoding = { audio: '', video: '' };
  #limits = { receivers: 1, load: 0 };

  /** @param asked Whether the other side has asked for the offer that this one begins with. */
  constructor(pc: RTCPeerConnection, tracks: Tracks, events: LinkEvents, timing: Timing, asked = false) {
    this.#throttle = new Throttle(timing);
    this.#events = events;
    this.#asked = asked;
    this.#tracks = tracks;
    this.pc = pc;
    this.#channel = this.pc.createDataChannel('streamsync', { negotiated: true, id: 0 });
    this.#channel.addEventListener('open', () => this.#sendControl());
    this.#channel.addEventListener('message', ({ data }: MessageEvent<unknown>) =>
      this.#onControlMessage(data),
    );
    this.pc.addEventListener('icecandidate', ({ candidate }) => {
      if (candidate) this.#send({ kind: 'ice', candidate: candidate.toJSON() });
    });
    this.pc.addEventListener('connectionstatechange', () => {
      if (!this.#closed) events.state(this.pc.connectionState);
    });
    this.pc.addEventListener('track', () => {
      const of = (kind: string) =>
        this.pc.getReceivers().find(({ track }) => track.kind === kind)?.track ?? null;
      events.tracks({ audio: of('audio'), video: of('video') });
    });
  }

  get negotiationState(): Omit<NegotiationState, 'closedIds'> {
    return { id: this.id, remoteId: this.remoteId, offering: this.#offering, asked: this.#asked };
  }

  /** Begins, or begins again with new ICE candidates. */
  offer(iceRestart = false): void {
    this.#offering = true;
    this.#enqueue(async () => {
      const isFirst = this.pc.getTransceivers().length === 0;
      if (isFirst) {
        for (const kind of ['audio', 'video'] as const) {
          const sendEncodings = [this.#encodingOf(kind)];
          this.#lastEncoding[kind] = JSON.stringify(sendEncodings[0]);
          this.pc.addTransceiver(kind, { direction: 'sendrecv', streams: [this.#stream], sendEncodings });
        }
      }
      if (iceRestart) this.pc.restartIce();
      await this.pc.setLocalDescription();
      this.#sendOffer();
      // Only now: the other side need not wait for what the description says nothing of.
      if (isFirst) await this.#attachTracks();
    });
  }

  /** What it began with may be lost; with the candidates found since. */
  resendOffer(): void {
    this.#enqueue(() => {
      if (this.pc.signalingState === 'have-local-offer') this.#sendOffer();
    });
  }

  /** Takes a signal that was judged to be for this connection. */
  applySignal(signal: Signal): void {
    if (signal.kind === 'ice') {
      // Each is tried together with each of this side's own, for as long as the connection lasts.
      if (++this.#candidates > MAX_CANDIDATES) return;
      this.#enqueue(() => this.pc.addIceCandidate(signal.candidate ?? undefined));
      return;
    }
    this.remoteId = signal.from;
    if (signal.kind === 'answer') {
      this.#onRemoteDescription();
      this.#enqueue(async () => {
        await this.pc.setRemoteDescription({ type: 'answer', sdp: enableOpusDtx(signal.sdp) });
        await this.#applyEncodings();
      });
      return;
    }
    // The same offer told twice; with more candidates its version is the same (RFC 8829 §5.2.1), as our own clients keep to.
    const version = signal.asked ? /^o=.*$/m.exec(signal.sdp)?.[0] : undefined;
    const offer = version ?? signal.sdp;
    if (offer === this.#lastOffer) return;
    this.#lastOffer = offer;
    this.#onRemoteDescription();
    this.#enqueue(async () => {
      const told = enableOpusDtx(signal.sdp);
      const sdp = this.pc.currentRemoteDescription ? told : preferOffererAsDtlsClient(told);
      await this.pc.setRemoteDescription({ type: 'offer', sdp });
      const used = this.#transceivers();
      for (const transceiver of this.pc.getTransceivers()) {
        transceiver.direction = used.includes(transceiver) ? 'sendrecv' : 'inactive';
      }
      for (const { sender } of used) sender.setStreams(this.#stream);
      await this.pc.setLocalDescription();
      this.#send({ kind: 'answer', sdp: this.pc.localDescription?.sdp ?? '' });
      await this.#attachTracks();
    });
  }

  /** The other side has said its part; a second answer to the same offer would break what the first has made. */
  #onRemoteDescription(): void {
    this.#offering = false;
    this.#candidates = 0;
  }

  publish(tracks: Tracks): void {
    this.#tracks = tracks;
    this.#enqueue(() => this.#attachTracks());
  }

  /** How high the peer's picture is shown here. */
  setShownPx(shownPx: number): void {
    if (this.#local.shownPx !== shownPx) this.#sendControl({ ...this.#local, shownPx });
  }

  /** Whether this person speaks; `null` where that cannot be known. */
  setSpeaking(speaking: boolean | null): void {
    if (this.#local.speaking !== speaking) this.#sendControl({ ...this.#local, speaking });
  }

  /** Sends no better picture than that peer shows and this computer can encode. */
  setLimits(limits: Pick<EncodingLimits, 'receivers' | 'load'>): void {
    this.#limits = limits;
    this.#enqueue(() => this.#applyEncodings());
  }

  /** See {@link CallTransport.isSpeaking}. */
  get isSpeaking(): boolean | null {
    return this.#remote.speaking ?? null;
  }

  audioLevel(): number {
    // Asking waits for threads that are busy as long as it connects (Chromium).
    if (this.pc.connectionState !== 'connected' || this.#channel.readyState === 'connecting') return 0;
    const audio = this.pc.getReceivers().find(({ track }) => track.kind === 'audio');
    return audio?.getSynchronizationSources()[0]?.audioLevel ?? 0;
  }

  close(): void {
    this.#closed = true;
    this.#throttle.cancel();
    this.pc.close();
  }

  /** One picture and one voice go to each, however many its offer has room for. */
  #transceivers(): RTCRtpTransceiver[] {
    const all = this.pc.getTransceivers();
    const first = (kind: string) => all.find(({ receiver }) => receiver.track.kind === kind);
    return [first('audio'), first('video')].flatMap((each) => each ?? []);
  }

  async #attachTracks(): Promise<void> {
    for (const { sender, receiver } of this.#transceivers()) {
      const track = receiver.track.kind === 'audio' ? this.#tracks.audio : this.#tracks.video;
      if (sender.track !== track) await sender.replaceTrack(track);
    }
    await this.#applyEncodings();
  }

  async #applyEncodings(): Promise<void> {
    for (const { sender, receiver } of this.#transceivers()) {
      if (!sender.track) continue;
      const kind = receiver.track.kind === 'audio' ? 'audio' : 'video';
      const wanted = this.#encodingOf(kind);
      const news = JSON.stringify(wanted);
      if (news === this.#lastEncoding[kind]) continue;
      // Waits for threads that are busy connecting (Chromium), so not for nothing.
      const parameters = sender.getParameters();
      const [encoding] = parameters.encodings;
      if (!encoding) continue;
      Object.assign(encoding, wanted);
      this.#lastEncoding[kind] = news;
      // A browser may refuse while it negotiates; what it was asked for is asked again at the next change.
      await sender.setParameters(parameters).catch(() => (this.#lastEncoding[kind] = ''));
    }
  }

  #encodingOf(kind: 'audio' | 'video'): RTCRtpEncodingParameters {
    if (kind === 'audio') return { priority: 'high', networkPriority: 'high' };
    const capturedPx = this.#tracks.video?.getSettings().height ?? VIDEO_CONSTRAINTS.height.ideal;
    return { ...encodingFor({ shownPx: this.#remote.shownPx, capturedPx, ...this.#limits }) };
  }

  #sendControl(now = this.#local): void {
    this.#local = now;
    if (this.#channel.readyState === 'open') this.#channel.send(JSON.stringify(now));
  }

  #onControlMessage(data: unknown): void {
    if (typeof data !== 'string' || data.length > 200) return;
    const parsed = controlMessage.safeParse(parseJson(data));
    if (!parsed.success) return;
    const { shownPx } = this.#remote;
    this.#remote = parsed.data;
    if (parsed.data.shownPx !== shownPx)
      this.#throttle.run(() => this.#enqueue(() => this.#applyEncodings()));
  }

  #sendOffer(): void {
    this.#send({ kind: 'offer', sdp: this.pc.localDescription?.sdp ?? '', asked: this.#asked });
  }

  #send(
    signal:
      | { kind: 'offer'; sdp: string; asked: boolean }
      | { kind: 'answer'; sdp: string }
      | { kind: 'ice'; candidate: RTCIceCandidateInit },
  ): void {
    if (!this.#closed) this.#events.send({ ...signal, from: this.id, to: this.remoteId ?? undefined });
  }

  #enqueue(step: () => unknown): void {
    this.#queue = this.#queue.then(async () => {
      if (this.#closed) return;
      try {
        await step();
      } catch {
        // Checked again: it may have been closed in the middle of a step.
        if (!(this.#closed as boolean)) this.#events.outOfStep();
      }
    });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
