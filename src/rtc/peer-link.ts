import { z } from 'zod';
import type { Standing } from './negotiation.ts';
import { PICTURE } from './capture.ts';
import { theyShakeHandsFirst } from './handshake.ts';
import { Pace } from './pace.ts';
import { quietWhileSilent } from './quiet-voice.ts';
import { encodingFor, type Sending } from './quality.ts';
import type { Signal } from './signal.ts';
import type { Timing } from './timing.ts';
import type { Tracks } from './transport.ts';

export interface LinkEvents {
  send: (signal: Signal) => void;
  tracks: (tracks: Tracks) => void;
  /** The state of the connection changed. */
  state: (state: RTCPeerConnectionState) => void;
  /** A description could not be applied: the two sides are out of step. */
  broken: () => void;
}

/** Peer to peer, over the data channel: how high the other's picture is shown, and whether this one speaks, where it knows. */
const word = z.object({ shownPx: z.number().min(0).max(10_000), speaking: z.boolean().nullish() });
type Word = z.infer<typeof word>;
/** Far more than a computer with many networks has. */
const MOST_CANDIDATES = 100;
/** Until a peer has said something; a plain v1 peer never does. */
const UNSAID: Word = { shownPx: 180 };

/** One `RTCPeerConnection` with one peer, from its first signal until it is closed; a peer loaded anew gets another. */
export class PeerLink {
  readonly id = crypto.randomUUID();
  readonly pc: RTCPeerConnection;
  remoteId: string | null = null;
  readonly #events: LinkEvents;
  /** For what the other side asks of the encoder: each change of size costs a whole new picture. */
  readonly #pace: Pace;
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
  #work: Promise<void> = Promise.resolve();
  #there = UNSAID;
  #here = UNSAID;
  /** What was asked for last of each. */
  #encoded = { audio: '', video: '' };
  #limits = { receivers: 1, strain: 0 };

  /** @param asked Whether the other side has asked for the offer that this one begins with. */
  constructor(pc: RTCPeerConnection, tracks: Tracks, events: LinkEvents, timing: Timing, asked = false) {
    this.#pace = new Pace(timing);
    this.#events = events;
    this.#asked = asked;
    this.#tracks = tracks;
    this.pc = pc;
    this.#channel = this.pc.createDataChannel('streamsync', { negotiated: true, id: 0 });
    this.#channel.addEventListener('open', () => this.#say());
    this.#channel.addEventListener('message', ({ data }: MessageEvent<unknown>) => this.#heardWord(data));
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

  get standing(): Omit<Standing, 'retired'> {
    return { id: this.id, remoteId: this.remoteId, offering: this.#offering, asked: this.#asked };
  }

  /** Begins, or begins again with new ICE candidates. */
  offer(iceRestart = false): void {
    this.#offering = true;
    this.#do(async () => {
      const isFirst = this.pc.getTransceivers().length === 0;
      if (isFirst) {
        for (const kind of ['audio', 'video'] as const) {
          const sendEncodings = [this.#wanted(kind)];
          this.#encoded[kind] = JSON.stringify(sendEncodings[0]);
          this.pc.addTransceiver(kind, { direction: 'sendrecv', streams: [this.#stream], sendEncodings });
        }
      }
      if (iceRestart) this.pc.restartIce();
      await this.pc.setLocalDescription();
      this.#sayOffer();
      // Only now: the other side need not wait for what the description says nothing of.
      if (isFirst) await this.#attach();
    });
  }

  /** What it began with may be lost; with the candidates found since. */
  repeatOffer(): void {
    this.#do(() => {
      if (this.pc.signalingState === 'have-local-offer') this.#sayOffer();
    });
  }

  /** Takes a signal that was judged to be for this connection. */
  take(signal: Signal): void {
    if (signal.kind === 'ice') {
      // Each is tried together with each of this side's own, for as long as the connection lasts.
      if (++this.#candidates > MOST_CANDIDATES) return;
      this.#do(() => this.pc.addIceCandidate(signal.candidate ?? undefined));
      return;
    }
    this.remoteId = signal.from;
    if (signal.kind === 'answer') {
      this.#described();
      this.#do(async () => {
        await this.pc.setRemoteDescription({ type: 'answer', sdp: quietWhileSilent(signal.sdp) });
        await this.#encode();
      });
      return;
    }
    // The same offer told twice; with more candidates its version is the same (RFC 8829 §5.2.1), as our own clients keep to.
    const version = signal.asked ? /^o=.*$/m.exec(signal.sdp)?.[0] : undefined;
    const offer = version ?? signal.sdp;
    if (offer === this.#lastOffer) return;
    this.#lastOffer = offer;
    this.#described();
    this.#do(async () => {
      const told = quietWhileSilent(signal.sdp);
      const sdp = this.pc.currentRemoteDescription ? told : theyShakeHandsFirst(told);
      await this.pc.setRemoteDescription({ type: 'offer', sdp });
      const used = this.#transceivers();
      for (const transceiver of this.pc.getTransceivers()) {
        transceiver.direction = used.includes(transceiver) ? 'sendrecv' : 'inactive';
      }
      for (const { sender } of used) sender.setStreams(this.#stream);
      await this.pc.setLocalDescription();
      this.#send({ kind: 'answer', sdp: this.pc.localDescription?.sdp ?? '' });
      await this.#attach();
    });
  }

  /** The other side has said its part; a second answer to the same offer would break what the first has made. */
  #described(): void {
    this.#offering = false;
    this.#candidates = 0;
  }

  publish(tracks: Tracks): void {
    this.#tracks = tracks;
    this.#do(() => this.#attach());
  }

  /** How high the peer's picture is shown here. */
  show(shownPx: number): void {
    if (this.#here.shownPx !== shownPx) this.#say({ ...this.#here, shownPx });
  }

  /** Whether this person speaks; `null` where that cannot be known. */
  speak(speaking: boolean | null): void {
    if (this.#here.speaking !== speaking) this.#say({ ...this.#here, speaking });
  }

  /** Sends no better picture than that peer shows and this computer can encode. */
  encode(limits: Pick<Sending, 'receivers' | 'strain'>): void {
    this.#limits = limits;
    this.#do(() => this.#encode());
  }

  /** Whether the peer speaks, as it says itself; of one that does not say, how loud it is just now, 0 to 1. */
  voice(): boolean | number {
    if (typeof this.#there.speaking === 'boolean') return this.#there.speaking;
    // Asking waits for threads that are busy as long as it connects (Chromium).
    if (this.pc.connectionState !== 'connected' || this.#channel.readyState === 'connecting') return 0;
    const audio = this.pc.getReceivers().find(({ track }) => track.kind === 'audio');
    return audio?.getSynchronizationSources()[0]?.audioLevel ?? 0;
  }

  close(): void {
    this.#closed = true;
    this.#pace.forget();
    this.pc.close();
  }

  /** One picture and one voice go to each, however many its offer has room for. */
  #transceivers(): RTCRtpTransceiver[] {
    const all = this.pc.getTransceivers();
    const first = (kind: string) => all.find(({ receiver }) => receiver.track.kind === kind);
    return [first('audio'), first('video')].flatMap((each) => each ?? []);
  }

  async #attach(): Promise<void> {
    for (const { sender, receiver } of this.#transceivers()) {
      const track = receiver.track.kind === 'audio' ? this.#tracks.audio : this.#tracks.video;
      if (sender.track !== track) await sender.replaceTrack(track);
    }
    await this.#encode();
  }

  async #encode(): Promise<void> {
    for (const { sender, receiver } of this.#transceivers()) {
      if (!sender.track) continue;
      const kind = receiver.track.kind === 'audio' ? 'audio' : 'video';
      const wanted = this.#wanted(kind);
      const news = JSON.stringify(wanted);
      if (news === this.#encoded[kind]) continue;
      // Waits for threads that are busy connecting (Chromium), so not for nothing.
      const parameters = sender.getParameters();
      const [encoding] = parameters.encodings;
      if (!encoding) continue;
      Object.assign(encoding, wanted);
      this.#encoded[kind] = news;
      // A browser may refuse while it negotiates; what it was asked for is asked again at the next change.
      await sender.setParameters(parameters).catch(() => (this.#encoded[kind] = ''));
    }
  }

  #wanted(kind: 'audio' | 'video'): RTCRtpEncodingParameters {
    if (kind === 'audio') return { priority: 'high', networkPriority: 'high' };
    const capturedPx = this.#tracks.video?.getSettings().height ?? PICTURE.height.ideal;
    return { ...encodingFor({ shownPx: this.#there.shownPx, capturedPx, ...this.#limits }) };
  }

  #say(now = this.#here): void {
    this.#here = now;
    if (this.#channel.readyState === 'open') this.#channel.send(JSON.stringify(now));
  }

  #heardWord(data: unknown): void {
    if (typeof data !== 'string' || data.length > 200) return;
    const parsed = word.safeParse(parseJson(data));
    if (!parsed.success) return;
    const { shownPx } = this.#there;
    this.#there = parsed.data;
    if (parsed.data.shownPx !== shownPx) this.#pace.run(() => this.#do(() => this.#encode()));
  }

  #sayOffer(): void {
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

  #do(step: () => unknown): void {
    this.#work = this.#work.then(async () => {
      if (this.#closed) return;
      try {
        await step();
      } catch {
        // Checked again: it may have been closed in the middle of a step.
        if (!(this.#closed as boolean)) this.#events.broken();
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
