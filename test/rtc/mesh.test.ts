import { beforeAll, describe, expect, it, vi } from 'vitest';
import { Mesh } from '../../src/rtc/mesh.ts';
import { OFFER_REQUEST } from '../../src/rtc/signal.ts';
import type { PeerReport, Tracks } from '../../src/rtc/transport.ts';
import { FakePlatform } from './fake-peer-connection.ts';

beforeAll(() => {
  // A name for what belongs together; nothing of it is looked at here.
  vi.stubGlobal('MediaStream', EventTarget);
});

const MINE: Tracks = {
  audio: { kind: 'audio', getSettings: () => ({}) } as unknown as MediaStreamTrack,
  video: { kind: 'video', getSettings: () => ({ height: 360 }) } as unknown as MediaStreamTrack,
};
const MEDIA = 'm=audio\nm=video';
const offer = (from: string, sdp = MEDIA) => ({ sdp, streamsync: { from } });
const answer = (from: string, to: string) => ({ sdp: MEDIA, streamsync: { from, to } });
const ice = (from: string) => ({ candidate: 'candidate:1', sdpMid: '0', streamsync: { from } });

/** Ana's mesh, and what it says and shows. */
function startMesh() {
  const platform = new FakePlatform();
  const said: { to: string; kind: string; from: string }[] = [];
  const shown = new Map<string, Tracks>();
  const reports: (PeerReport & { userId: string })[] = [];
  /** Whether whoever was given something was shown before. */
  const unseen = new Set<string>();
  const mesh = new Mesh(
    'ana',
    MINE,
    {
      signal: (to, kind, data) => {
        if (!shown.has(to)) unseen.add(to);
        said.push({ to, kind, from: (data as { streamsync: { from: string } }).streamsync.from });
      },
      tracks: (userId, tracks) => {
        if (tracks) shown.set(userId, tracks);
        else shown.delete(userId);
      },
      report: (userId, report) => reports.push({ userId, ...report }),
    },
    platform,
  );
  return {
    mesh,
    platform,
    reports,
    unseen,
    /** Whom it connects to: it shows each of them. */
    shown: () => [...shown.keys()],
    said: () => said.splice(0).map(({ to, kind }) => `${kind} to ${to}`),
    lastFrom: () => said.at(-1)?.from ?? '',
  };
}
const guest = (userId: string) => ({ userId, guest: true });

describe('the receivers of a mesh', () => {
  it('[RTC-9] A user outside the call gets no connection and no signal.', async () => {
    const { mesh, platform, said, shown } = startMesh();
    mesh.setPeers([]);
    mesh.receive('eve', 'offer', offer('e1'));
    mesh.receive('eve', 'ice', ice('e1'));
    mesh.receive('eve', 'ice', OFFER_REQUEST);
    mesh.subscribe('eve', 300);
    mesh.networkChanged();
    mesh.signalingRestored();
    await platform.pass(30_000);
    expect(platform.made).toEqual([]);
    expect(said()).toEqual([]);
    expect(shown()).toEqual([]);
  });

  it('[RTC-9] A peer is shown before the first signal to it, with tracks or without.', async () => {
    const { mesh, platform, shown, said, unseen } = startMesh();
    mesh.setPeers([{ userId: 'ben' }, guest('vera')]);
    expect(shown()).toEqual(['ben']);
    mesh.receive('vera', 'offer', 'm=video');
    expect(shown()).toEqual(['ben', 'vera']);
    await platform.pass(0);
    expect(said()).toEqual(['offer to ben', 'answer to vera']);
    expect(unseen.size).toBe(0);
  });

  it.each([
    ['that leaves the call', []],
    ['that announces its leaving and keeps the connection', [{ userId: 'cyd' }]],
  ])('[RTC-9] A mesh closes all connections at once to a peer %s.', async (_, next) => {
    const { mesh, platform, shown, said } = startMesh();
    mesh.setPeers([{ userId: 'ben' }, guest('vera')]);
    mesh.receive('vera', 'offer', offer('v1'));
    await platform.pass(0);
    // Another one that has not said its part yet: the one before is still open.
    mesh.receive('ben', 'ice', OFFER_REQUEST);
    expect(platform.open()).toHaveLength(3);
    mesh.setPeers(next);
    expect(platform.made.slice(0, 3).map(({ connectionState }) => connectionState)).toEqual([
      'closed',
      'closed',
      'closed',
    ]);
    expect(shown()).not.toContain('ben');
    expect(shown()).not.toContain('vera');
    said();
    mesh.receive('ben', 'offer', offer('b2'));
    mesh.receive('vera', 'offer', offer('v2'));
    await platform.pass(60_000);
    expect(said().filter((word) => /ben|vera/.test(word))).toEqual([]);
  });

  it('[RTC-9] A guest gets no offer, and is shown no more once it is gone.', async () => {
    const { mesh, platform, shown, said } = startMesh();
    mesh.setPeers([guest('vera')]);
    await platform.pass(5000);
    mesh.receive('vera', 'ice', OFFER_REQUEST);
    expect(said()).toEqual([]);
    mesh.receive('vera', 'offer', offer('v1'));
    await platform.pass(0);
    expect(said()).toEqual(['answer to vera']);
    platform.made[0]?.become('connected');
    await platform.pass(60_000);
    expect(shown()).toEqual(['vera']);
    platform.made[0]?.become('closed');
    await platform.pass(60_000);
    expect(shown()).toEqual([]);
    expect(platform.open()).toEqual([]);
    expect(said()).toEqual([]);
  });

  it('[RTC-7] A mesh connects to no more peers than a call holds.', () => {
    const { mesh, platform } = startMesh();
    mesh.setPeers(Array.from({ length: 40 }, (_, at) => ({ userId: `p${at}` })));
    expect(platform.made).toHaveLength(7);
  });

  it('A peer gets one video and one audio track, however many its offer has room for.', async () => {
    const { mesh, platform } = startMesh();
    mesh.setPeers([{ userId: 'ben', asked: true }]);
    mesh.receive('ben', 'offer', offer('b1', `${MEDIA}\n`.repeat(5)));
    await platform.pass(0);
    const used = platform.made[0]?.transceivers.filter(({ sender }) => sender.track);
    expect(used).toHaveLength(2);
    expect(platform.made[0]?.transceivers.map(({ direction }) => direction).slice(0, 3)).toEqual([
      'sendrecv',
      'sendrecv',
      'inactive',
    ]);
  });
});

describe('a peer that floods the mesh', () => {
  it('[RTC-10] A hundred offers in a second make two connections, and the last offer counts.', async () => {
    const { mesh, platform } = startMesh();
    mesh.setPeers([{ userId: 'ben', asked: true }]);
    for (let at = 0; at < 100; at += 1) {
      mesh.receive('ben', 'offer', offer(`b${at}`));
      mesh.receive('ben', 'ice', ice(`b${at}`));
      await platform.pass(9);
    }
    expect(platform.made).toHaveLength(2);
    await platform.pass(200);
    expect(platform.made).toHaveLength(3);
    // Of the last one: what belonged to those before is nothing to it.
    expect(platform.made[2]?.candidates).toBe(1);
    mesh.receive('ben', 'ice', ice('b98'));
    mesh.receive('ben', 'ice', ice('b99'));
    await platform.pass(0);
    expect(platform.made[2]?.candidates).toBe(2);
  });

  it('[RTC-10] A hundred offer requests and broken answers in a second make two connections.', async () => {
    const { mesh, platform, lastFrom } = startMesh();
    mesh.setPeers([{ userId: 'ben', asked: true }]);
    for (let at = 0; at < 100; at += 1) {
      mesh.receive('ben', 'ice', OFFER_REQUEST);
      await platform.pass(9);
      const mine = lastFrom();
      for (let again = 0; again < 3; again += 1) mesh.receive('ben', 'answer', answer(`b${at}`, mine));
    }
    expect(platform.made).toHaveLength(2);
  });

  it('[RTC-10] Over a minute each peer gets one connection a second.', async () => {
    const { mesh, platform } = startMesh();
    mesh.setPeers([{ userId: 'ben', asked: true }]);
    for (let at = 0; at < 600; at += 1) {
      mesh.receive('ben', 'offer', offer(`b${at}`));
      await platform.pass(100);
    }
    expect(platform.made.length).toBeLessThanOrEqual(62);
    expect(platform.open().length).toBeLessThanOrEqual(2);
  });

  it('[RTC-10] Offers for the present connection are answered as rarely.', async () => {
    const { mesh, platform, said } = startMesh();
    mesh.setPeers([{ userId: 'ben', asked: true }]);
    for (let at = 0; at < 100; at += 1) {
      mesh.receive('ben', 'offer', offer('b1', `${MEDIA}\na=${at}`));
      await platform.pass(9);
    }
    expect(said()).toEqual(['answer to ben', 'answer to ben']);
    expect(platform.made).toHaveLength(1);
  });

  it('Of endless candidates only a hundred are tried.', async () => {
    const { mesh, platform } = startMesh();
    mesh.setPeers([{ userId: 'ben', asked: true }]);
    mesh.receive('ben', 'offer', offer('b1'));
    for (let at = 0; at < 1000; at += 1) mesh.receive('ben', 'ice', ice('b1'));
    await platform.pass(0);
    expect(platform.made[0]?.candidates).toBe(100);
  });

  it('Its shown height changes the encoding once a second, however often it is sent.', async () => {
    const { mesh, platform } = startMesh();
    mesh.setPeers([{ userId: 'ben', asked: true }]);
    mesh.receive('ben', 'offer', offer('b1'));
    await platform.pass(0);
    const [made] = platform.made;
    const changes = () => made?.transceivers.reduce((sum, each) => sum + each.changes, 0) ?? 0;
    const before = changes();
    for (let at = 0; at < 500; at += 1) {
      const data = JSON.stringify({ shownPx: at % 2 ? 90 : 720 });
      made?.channel.dispatchEvent(new MessageEvent('message', { data }));
      await platform.pass(10);
    }
    expect(changes()).toBeGreaterThan(before);
    expect(changes() - before).toBeLessThanOrEqual(7);
  });

  it('A second answer to one offer does not break the connection of the first.', async () => {
    const { mesh, platform, lastFrom } = startMesh();
    mesh.setPeers([{ userId: 'ben' }]);
    await platform.pass(0);
    for (let at = 0; at < 3; at += 1) mesh.receive('ben', 'answer', answer('b1', lastFrom()));
    await platform.pass(2000);
    expect(platform.made).toHaveLength(1);
  });

  it('Two simultaneous offers are both handled without a wait.', async () => {
    const { mesh, platform, said } = startMesh();
    // Of the two Zoe is the polite one, and Aaron is not.
    mesh.setPeers([{ userId: 'aaron' }]);
    mesh.receive('aaron', 'offer', offer('a1'));
    await platform.pass(0);
    expect(said()).toContain('answer to aaron');
  });
});

describe('a browser without another connection', () => {
  it('[RTC-10] The call goes on: the peer is reported as unable, and tried again.', async () => {
    const { mesh, platform, reports, shown, said } = startMesh();
    platform.exhausted = true;
    mesh.setPeers([{ userId: 'ben' }, guest('vera')]);
    mesh.receive('vera', 'offer', offer('v1'));
    mesh.receive('ben', 'ice', OFFER_REQUEST);
    await platform.pass(0);
    expect(shown()).toEqual(['ben', 'vera']);
    expect(new Set(reports.map(({ userId, health }) => `${userId} ${health}`))).toEqual(
      new Set(['ben unable', 'vera unable']),
    );
    expect(said()).toEqual([]);
    platform.exhausted = false;
    await platform.pass(30_000);
    expect(said()).toEqual(expect.arrayContaining(['offer to ben', 'answer to vera']));
  });
});
