import type { MeshPlatform } from '../../src/rtc/mesh.ts';

class FakeTrack {
  readonly kind: string;
  constructor(kind: string) {
    this.kind = kind;
  }
  getSettings(): { height: number } {
    return { height: 360 };
  }
}

class FakeTransceiver {
  direction = 'recvonly';
  /** How often what goes out was changed. */
  changes = 0;
  /** What goes to the other side. */
  readonly sender = {
    track: null as unknown,
    setStreams: () => undefined,
    replaceTrack: (track: unknown) => Promise.resolve(void (this.sender.track = track)),
    getParameters: () => ({ encodings: [{}] }),
    setParameters: () => Promise.resolve(void (this.changes += 1)),
  };
  readonly receiver: { track: FakeTrack };
  constructor(kind: string) {
    this.receiver = { track: new FakeTrack(kind) };
  }
}

/** As much of a peer connection as a call uses. Its descriptions are `m=` lines: one for each kind of media. */
export class FakePeerConnection extends EventTarget {
  connectionState: RTCPeerConnectionState = 'new';
  signalingState: RTCSignalingState = 'stable';
  localDescription: { sdp: string } | null = null;
  currentRemoteDescription: object | null = null;
  candidates = 0;
  readonly transceivers: FakeTransceiver[] = [];
  readonly channel = Object.assign(new EventTarget(), { readyState: 'connecting', send: () => undefined });

  createDataChannel(): EventTarget {
    return this.channel;
  }
  addTransceiver(kind: string): void {
    this.transceivers.push(new FakeTransceiver(kind));
  }
  getTransceivers(): FakeTransceiver[] {
    return this.transceivers;
  }
  getReceivers(): FakeTransceiver['receiver'][] {
    return this.transceivers.map(({ receiver }) => receiver);
  }
  setLocalDescription(): Promise<void> {
    this.signalingState = this.signalingState === 'stable' ? 'have-local-offer' : 'stable';
    this.localDescription = { sdp: 'v=0' };
    return Promise.resolve();
  }
  setRemoteDescription({ type, sdp }: { type: string; sdp: string }): Promise<void> {
    if (type === 'answer' && this.signalingState !== 'have-local-offer')
      return Promise.reject(new DOMException('nobody waits for it', 'InvalidStateError'));
    this.signalingState = type === 'offer' ? 'have-remote-offer' : 'stable';
    this.currentRemoteDescription = { type };
    if (type === 'offer') for (const [, kind] of sdp.matchAll(/^m=(\w+)/gm)) this.addTransceiver(kind ?? '');
    return Promise.resolve();
  }
  addIceCandidate(): Promise<void> {
    this.candidates += 1;
    return Promise.resolve();
  }
  restartIce(): void {
    return;
  }
  setConfiguration(): void {
    return;
  }
  getStats(): Promise<Map<string, object>> {
    return Promise.resolve(new Map<string, object>());
  }
  close(): void {
    this.connectionState = 'closed';
  }

  /** The way to the other side is found, or lost. */
  become(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.dispatchEvent(new Event('connectionstatechange'));
  }
}

/** A browser whose time passes when the test lets it, and whose connections the test can look at. */
export class FakePlatform implements MeshPlatform {
  nowMs = 0;
  readonly made: FakePeerConnection[] = [];
  /** The browser refuses to make another one. */
  exhausted = false;
  #timers: { atMs: number; run: () => void }[] = [];

  readonly timing: MeshPlatform['timing'] = {
    nowMs: () => this.nowMs,
    after: (delayMs, run) => {
      const timer = { atMs: this.nowMs + delayMs, run };
      this.#timers.push(timer);
      return () => {
        this.#timers = this.#timers.filter((other) => other !== timer);
      };
    },
  };

  readonly connect = () => {
    if (this.exhausted) throw new DOMException('Cannot create so many PeerConnections', 'UnknownError');
    const made = new FakePeerConnection();
    this.made.push(made);
    // The part of it that a call uses.
    return made as unknown as RTCPeerConnection;
  };

  open(): FakePeerConnection[] {
    return this.made.filter(({ connectionState }) => connectionState !== 'closed');
  }

  /** Lets time pass, and whatever settles meanwhile settle. */
  async pass(ms: number): Promise<void> {
    const endMs = this.nowMs + ms;
    for (;;) {
      await settled();
      const next = this.#timers.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      this.#timers = this.#timers.filter((other) => other !== next);
      this.nowMs = Math.max(this.nowMs, next.atMs);
      next.run();
    }
    this.nowMs = endMs;
  }
}

/** Until no promise is left to settle: the steps of a connection follow each other as promises do. */
const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));
