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
  /** A description could not be applied: the two sides disagree about the state. */
  outOfStep: () => void;
}

/** Data channel message: height at which the other's video is shown, and whether this user speaks, if known. */
const controlMessage = z.object({ shownPx: z.number().min(0).max(10_000), speaking: z.boolean().nullish() });
type ControlMessage = z.infer<typeof controlMessage>;
/** Far more than a computer with many networks has. */
const MAX_CANDIDATES = 100;
/** Assumed until a peer has sent a message; a plain v1 peer never does. */
const DEFAULT_CONTROL: ControlMessage = { shownPx: 180 };

/** One `RTCPeerConnection` to one peer, from its first signal until it is closed; a reloaded peer gets another. */
export class PeerLink {
  readonly id = crypto.randomUUID();
  readonly pc: RTCPeerConnection;
  remoteId: string | null = null;
  readonly #events: LinkEvents;
  /** Throttles changes of the encoding that the peer asks for: each new size costs a whole key frame. */
  readonly #throttle: Throttle;
  readonly #stream = new MediaStream();
  readonly #channel: RTCDataChannel;
  #tracks: Tracks;
  #offering = false;
  readonly #asked: boolean;
  #closed = false;
  #lastOffer = '';
  /** Number of the other side's candidates since its last description. */
  #candidates = 0;
  /** Runs signals and offers one after the other, since each takes several steps. */
  #queue: Promise<void> = Promise.resolve();
  #remote = DEFAULT_CONTROL;
  #local = DEFAULT_CONTROL;
  /** The last requested parameters of each kind, as JSON. */
  #lastEncoding = { audio: '', video: '' };
  #limits = { receivers: 1, load: 0 };

  /** @param asked Whether the other side has requested the first offer of this link. */
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

  /** Sends a first offer, or one with new ICE candidates. */
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
      // After the offer: the description does not depend on the tracks, so the peer need not wait for them.
      if (isFirst) await this.#attachTracks();
    });
  }

  /** Sends the first offer again, with the candidates found since: it may be lost. */
  resendOffer(): void {
    this.#enqueue(() => {
      if (this.pc.signalingState === 'have-local-offer') this.#sendOffer();
    });
  }

  /** Applies a signal that belongs to this connection. */
  applySignal(signal: Signal): void {
    if (signal.kind === 'ice') {
      // Bounded: ICE pairs each with all local candidates for the lifetime of the connection.
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
    // Drops a repeated offer. A repetition with more candidates keeps its version (RFC 8829 §5.2.1), which our own
    // clients rely on.
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

  /** Ends the offering state: a second answer to one offer would break the connection made by the first. */
  #onRemoteDescription(): void {
    this.#offering = false;
    this.#candidates = 0;
  }

  publish(tracks: Tracks): void {
    this.#tracks = tracks;
    this.#enqueue(() => this.#attachTracks());
  }

  /** Height at which the peer's video is shown here. */
  setShownPx(shownPx: number): void {
    if (this.#local.shownPx !== shownPx) this.#sendControl({ ...this.#local, shownPx });
  }

  /** Whether this user speaks; `null` if unknown. */
  setSpeaking(speaking: boolean | null): void {
    if (this.#local.speaking !== speaking) this.#sendControl({ ...this.#local, speaking });
  }

  /** Limits the video to the height shown by the peer and to the load of this computer. */
  setLimits(limits: Pick<EncodingLimits, 'receivers' | 'load'>): void {
    this.#limits = limits;
    this.#enqueue(() => this.#applyEncodings());
  }

  /** See {@link CallTransport.isSpeaking}. */
  get isSpeaking(): boolean | null {
    return this.#remote.speaking ?? null;
  }

  audioLevel(): number {
    // Chromium blocks this call on its busy threads while it connects.
    if (this.pc.connectionState !== 'connected' || this.#channel.readyState === 'connecting') return 0;
    const audio = this.pc.getReceivers().find(({ track }) => track.kind === 'audio');
    return audio?.getSynchronizationSources()[0]?.audioLevel ?? 0;
  }

  close(): void {
    this.#closed = true;
    this.#throttle.cancel();
    this.pc.close();
  }

  /** Uses one video and one audio transceiver, however many the offer has. */
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
      // Only on a change: Chromium blocks this call on its busy threads while it connects.
      const parameters = sender.getParameters();
      const [encoding] = parameters.encodings;
      if (!encoding) continue;
      Object.assign(encoding, wanted);
      this.#lastEncoding[kind] = news;
      // A browser may refuse during negotiation; the next change asks again.
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
        // Checked again: a step may have closed the link.
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
