// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CallPeer, FromCall, ToCall } from '../../src/messaging/call-port.ts';
import type { Capture } from '../../src/rtc/capture.ts';
import type { CallTransport, Tracks, TransportEvents } from '../../src/rtc/transport.ts';
import { Call, type CallEdges } from '../../src/call/call.ts';
import { callPrefs } from '../../src/call/prefs.ts';
import { memoryArea } from '../ui/fake-host.ts';

const ON = { inCall: true, microphone: true, camera: true };
const OFF = { inCall: false, microphone: false, camera: false };
const BEN: CallPeer = { userId: 'ben', displayName: 'Ben', media: ON };
const VERA: CallPeer = { userId: 'vera', displayName: 'Vera' };

beforeEach(() => {
  vi.useFakeTimers();
  // One that nobody has touched the page for: it measures nothing.
  vi.stubGlobal(
    'AudioContext',
    class {
      state = 'suspended';
      createAnalyser = () => ({ fftSize: 0 });
      createMediaStreamSource = () => ({ connect: () => undefined });
      resume = () => Promise.resolve();
      close = () => Promise.resolve();
    },
  );
  vi.stubGlobal(
    'MediaStream',
    class {
      getVideoTracks = () => [];
    },
  );
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});
const settle = () => vi.advanceTimersByTimeAsync(1000);

class FakeTrack extends EventTarget {
  enabled = true;
  readonly kind: string;
  constructor(kind: string) {
    super();
    this.kind = kind;
  }
}

/** Camera and microphone of a computer; those that are on have their lamp on. */
class FakeCapture implements Capture {
  readonly on = new Set<MediaStreamTrack>();
  /** Opening takes until then. */
  opening: Promise<void> = Promise.resolve();

  readonly open: Capture['open'] = async ({ microphone, camera }) => {
    await this.opening;
    const track = (kind: string, wish: string | boolean) => {
      if (wish === false) return null;
      // As much of a track as a call touches before it is sent.
      const made = new FakeTrack(kind) as unknown as MediaStreamTrack;
      this.on.add(made);
      return made;
    };
    return { audio: track('audio', microphone), video: track('video', camera) };
  };
  readonly stop: Capture['stop'] = (track) => void this.on.delete(track);
  readonly devices: Capture['devices'] = () => Promise.resolve([]);
  readonly onDevices: Capture['onDevices'] = () => undefined;
}

/** A page with a call, the background that it talks to, and a transport that does nothing by itself. */
async function startCall() {
  let tell: (message: ToCall) => void = () => undefined;
  let events: TransportEvents | undefined;
  let left = 0;
  const sent: FromCall[] = [];
  const capture = new FakeCapture();
  const named = vi.fn<CallTransport['setPeers']>();
  const nothing = () => undefined;
  const prefs = callPrefs(memoryArea());
  const edges: CallEdges = {
    connect: (heard) => {
      tell = heard;
      return { send: (message) => void sent.push(message) };
    },
    capture,
    captureHeard: nothing,
    createTransport: (_, __, given) => {
      events = given;
      return {
        setIceServers: nothing,
        setPeers: named,
        publish: nothing,
        subscribe: nothing,
        receive: nothing,
        networkChanged: nothing,
        signalingRestored: nothing,
        setSpeaking: nothing,
        isSpeaking: () => null,
        audioLevel: () => 0,
        leave: () => void (left += 1),
      };
    },
    prefs,
    volumes: { read: () => Promise.resolve(new Map()), write: () => Promise.resolve() },
    mustAsk: () => Promise.resolve(false),
    signal: new AbortController().signal,
  };
  const call = new Call(edges, await prefs.read(), new Map());
  const roster = (peers: readonly CallPeer[], media = ON) =>
    tell({
      type: 'roster',
      roomId: 'film',
      me: { userId: 'me', displayName: 'Noor' },
      media,
      peers: [...peers],
      online: true,
    });
  return {
    call,
    capture,
    sent,
    named,
    tell: (message: ToCall) => tell(message),
    roster,
    /** What the transport says of a peer. */
    came: (userId: string, tracks: Tracks | null) => events?.tracks(userId, tracks),
    report: (...report: Parameters<TransportEvents['report']>) => events?.report(...report),
    stays: () => left,
  };
}
type Started = Awaited<ReturnType<typeof startCall>>;

/** In the call, with camera and microphone on. */
async function inCall(peers: readonly CallPeer[] = [BEN]): Promise<Started> {
  const started = await startCall();
  started.roster(peers);
  started.tell({ type: 'ice_servers', iceServers: [] });
  await settle();
  expect(started.call.state.phase).toBe('in');
  expect(started.capture.on.size).toBe(2);
  return started;
}

describe('who is out of the party', () => {
  it('is out of the call: camera and microphone are given back, and nothing of the call is shown', async () => {
    const { call, tell, capture, stays } = await inCall();
    tell({ type: 'ended' });
    expect(capture.on.size).toBe(0);
    expect(stays()).toBe(1);
    expect(call.state).toMatchObject({
      phase: 'unknown',
      faces: [],
      inCall: [],
      microphone: false,
      camera: false,
    });
    await settle();
    expect(capture.on.size).toBe(0);
  });

  it('has no camera on for what the others would have seen either', async () => {
    const { call, tell, capture, roster } = await startCall();
    roster([BEN], OFF);
    await call.preview();
    expect(capture.on.size).toBe(2);
    tell({ type: 'ended' });
    expect(capture.on.size).toBe(0);
  });

  it('nor one that was still starting then', async () => {
    const { call, tell, capture, roster } = await startCall();
    const opening = Promise.withResolvers<undefined>();
    capture.opening = opening.promise;
    roster([BEN], OFF);
    const previewed = call.preview();
    await settle();
    tell({ type: 'ended' });
    opening.resolve(undefined);
    await previewed;
    expect(capture.on.size).toBe(0);
    expect(call.state.phase).toBe('unknown');
  });

  it('opens none when the browser’s answer comes only then', async () => {
    const { call, tell, capture, roster } = await startCall();
    roster([BEN], OFF);
    const previewed = call.preview();
    tell({ type: 'ended' });
    await previewed;
    expect(capture.on.size).toBe(0);
    expect(call.state.phase).toBe('unknown');
  });

  it('says nothing more of being in it, and can join again in the next party', async () => {
    const { call, tell, sent, roster } = await inCall();
    sent.splice(0);
    tell({ type: 'ended' });
    await settle();
    expect(sent.filter(({ type }) => type === 'media' || type === 'relay')).toEqual([]);
    roster([BEN], OFF);
    expect(call.state).toMatchObject({ phase: 'out', inCall: [BEN] });
  });
});

describe('who gets this person’s picture', () => {
  const NOTHING: Tracks = { audio: null, video: null };
  const shown = ({ call }: Started) =>
    call.state.faces.map(
      ({ userId, health, receivesOnly }) => `${userId} ${receivesOnly ? 'receives' : health}`,
    );

  it('[RTC-9] is shown from the first signal on, whatever comes from there', async () => {
    const started = await inCall([{ ...VERA, letIn: true }]);
    expect(shown(started)).toEqual([]);
    started.came('vera', NOTHING);
    expect(shown(started)).toEqual(['vera connecting']);
    started.report('vera', { health: 'good', rttMs: 20 });
    expect(shown(started)).toEqual(['vera receives']);
    started.came('vera', { audio: null, video: new FakeTrack('video') as unknown as MediaStreamTrack });
    expect(shown(started)).toEqual(['vera good']);
    started.came('vera', null);
    expect(shown(started)).toEqual([]);
  });

  it('[RTC-9] is nobody who tells nothing of calls before this person has answered', async () => {
    const started = await inCall([BEN, VERA]);
    const { call, tell, sent, named, roster } = started;
    const named2 = () => named.mock.lastCall?.[0].map(({ userId }) => userId);
    tell({ type: 'relay', fromUserId: 'vera', kind: 'offer', data: { sdp: 'v=0' } });
    expect(call.state.knocks.map(({ displayName }) => displayName)).toEqual(['Vera']);
    expect(named2()).toEqual(['ben']);
    call.letIn('vera', true);
    expect(sent.at(-1)).toEqual({ type: 'let_in', userId: 'vera', letIn: true });
    roster([BEN, { ...VERA, letIn: true }]);
    expect(call.state.knocks).toEqual([]);
    expect(named2()).toEqual(['ben', 'vera']);
  });

  it('draws nothing anew for one who calls on and on', async () => {
    const { call, tell } = await inCall([VERA]);
    const drawn = vi.fn<() => void>();
    call.subscribe(drawn);
    for (let at = 0; at < 100; at += 1)
      tell({ type: 'relay', fromUserId: 'vera', kind: 'offer', data: { sdp: `v=${at}` } });
    expect(drawn).toHaveBeenCalledTimes(1);
  });

  it('leaves with the call', async () => {
    const { call, tell } = await inCall([VERA]);
    tell({ type: 'relay', fromUserId: 'vera', kind: 'offer', data: { sdp: 'v=0' } });
    call.leave();
    expect(call.state).toMatchObject({ phase: 'out', knocks: [], faces: [] });
  });
});
