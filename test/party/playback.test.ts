import { describe, expect, it } from 'vitest';
import { followedTimeline, type SessionEvent } from '../../src/party/index.ts';
import {
  type Driver,
  FILM,
  joinedPayload,
  online,
  pause,
  playback,
  ROOM,
  settle,
  watching,
} from './support.ts';

const page = { content: { contentId: FILM }, hasVideo: true };

const seek: SessionEvent = {
  type: 'act',
  intent: { act: 'seek', playing: true, positionSec: 61, rate: 1, atServerMs: 5_001_000 },
};

describe('a person’s act', () => {
  it('is shown at once, and sent with what the person saw', () => {
    const driver = watching().on(pause);
    expect(followedTimeline(driver.session)).toMatchObject({ playing: false, positionSec: 61 });
    expect(driver.sentOne('watch/playback_state').payload).toMatchObject({
      act: 'pause',
      baseSeq: 4,
      state: { playing: false, positionSec: 61, hostTsMs: 5_001_000, contentId: FILM },
    });
  });

  it('[TL-3] is the room’s once the server has told it', () => {
    const driver = watching().on(pause);
    const { requestId } = driver.sentOne('watch/playback_state');
    driver.told('watch/playback_state', playback(5, { playing: false, positionSec: 61 }));
    expect(driver.session.intents.pending).not.toBeNull();
    driver.ack(requestId);
    expect(driver.session.intents.pending).toBeNull();
    expect(driver.session.playback.timeline).toMatchObject({ seq: 5, playing: false });
  });

  it('is undone when the server refuses it', () => {
    const driver = watching().on(pause);
    const { requestId } = driver.sentOne('watch/playback_state');
    driver.told('error', { requestId, code: 'unauthorized', message: 'host only' });
    expect(driver.session.connection.problem).toBe('not_allowed');
    expect(followedTimeline(driver.session)?.playing).toBe(true);
  });

  it('[ROLE-3] is not even sent by who may not control', () => {
    const driver = watching().told('room/roles', { roomId: ROOM, hostUserId: 'bob', control: 'host' });
    expect(driver.on(pause).did()).toEqual([]);
    expect(driver.session.connection.problem).toBe('not_allowed');
  });

  it('may be a moment named in the chat, wherever the own player is', () => {
    const driver = watching().on({
      type: 'page',
      page: { content: { contentId: 'other' }, hasVideo: false },
    });
    driver.on({ type: 'seek_to', positionSec: 754 });
    expect(driver.sentOne('watch/playback_state').payload).toMatchObject({
      act: 'seek',
      state: { playing: true, positionSec: 754, contentId: FILM },
    });
  });

  it('means nothing where the tab shows another film', () => {
    const driver = watching().on({ type: 'page', page: { content: { contentId: 'other' }, hasVideo: true } });
    expect(followedTimeline(driver.session)).toBeNull();
  });
});

describe('the length of the film, and its title', () => {
  const page = (durationSec?: number): SessionEvent => ({
    type: 'page',
    page: { content: { contentId: FILM, meta: { durationSec } }, hasVideo: true },
  });
  const told = (driver: Driver) =>
    driver.sent().filter(({ type }) => type === 'watch/set_content') as { payload: object }[];

  it('is told later by who leads, once it is known', () => {
    const driver = watching().on(page());
    expect(told(driver)).toEqual([]);
    expect(told(driver.on(page(600)))).toMatchObject([
      { payload: { contentId: FILM, meta: { durationSec: 600 } } },
    ]);
    expect(told(driver.on(page(15)))).toEqual([]);
  });

  it('is told without losing a title that the page does not show any more', () => {
    const driver = watching();
    driver.told('watch/content', { roomId: ROOM, contentId: FILM, meta: { title: 'One', season: 2 } });
    const untitled = { content: { contentId: FILM, meta: { durationSec: 600 } }, hasVideo: true };
    expect(told(driver.on({ type: 'page', page: untitled }))).toMatchObject([
      { payload: { meta: { title: 'One', season: 2, durationSec: 600 } } },
    ]);
  });

  it('is told again with the title, once the page has shown that', () => {
    const titled = (title?: string): SessionEvent => ({
      type: 'page',
      page: { content: { contentId: FILM, meta: { title, durationSec: 600 } }, hasVideo: true },
    });
    const driver = watching().on(titled());
    expect(told(driver)).toMatchObject([{ payload: { meta: { durationSec: 600 } } }]);
    expect(told(driver.on(titled('One')))).toMatchObject([{ payload: { meta: { title: 'One' } } }]);
    expect(told(driver.on(titled('Another')))).toEqual([]);
  });

  it('is not told by others, whose cut may be another', () => {
    const driver = watching();
    driver.told('room/roles', { roomId: ROOM, hostUserId: 'bob', control: 'everyone' });
    expect(told(driver.on(page(600)))).toEqual([]);
  });
});

describe('an act made without a connection', () => {
  const offline = (act = pause) => watching().on({ type: 'closed', code: 1006 }).on(act);
  const back = (seq: number, afterMs: number, act = pause) => {
    const driver = offline(act);
    driver.nowMs += afterMs;
    driver.on({ type: 'timer', name: 'retry' });
    driver.told('server/hello', { v: 1, nowMs: 5_000_000 + afterMs, caps: ['timeline', 'resume'] });
    const { requestId } = driver.sentOne('room/join');
    driver.told('room/joined', joinedPayload);
    driver.told('watch/content', { roomId: ROOM, contentId: FILM });
    driver.told('watch/playback_state', playback(seq)).ack(requestId);
    return driver;
  };

  it('holds on this person’s own screen meanwhile', () => {
    const driver = offline();
    expect(driver.did()).toEqual([]);
    expect(followedTimeline(driver.session)?.playing).toBe(false);
  });

  it('is sent after coming back, if the room has not moved', () => {
    expect(back(4, 8000).sentOne('watch/playback_state').payload).toMatchObject({ act: 'pause', baseSeq: 4 });
  });

  it('is sent as of now: the film has run on for whoever made it', () => {
    const driver = back(4, 8000, seek);
    const { state } = driver.sentOne('watch/playback_state').payload;
    expect(state.positionSec - state.hostTsMs / 1000).toBeCloseTo(61 - 5_001, 2);
    expect(state.positionSec).toBeGreaterThan(67);
  });

  it('is dropped if somebody else has acted since', () => {
    const driver = back(5, 8000);
    expect(driver.types()).not.toContain('watch/playback_state');
    expect(followedTimeline(driver.session)?.playing).toBe(true);
  });

  it('is dropped if it is older than 30 s', () => {
    expect(back(4, 29_999).types()).toContain('watch/playback_state');
    expect(back(4, 30_000).types()).not.toContain('watch/playback_state');
  });
});

describe('the room’s film', () => {
  it('is given by the host whose tab has one, once', () => {
    const driver = online().on({ type: 'page', page });
    expect(driver.did()).toEqual(['send', 'publish_state']);
    expect(driver.on({ type: 'page', page }).did()).toEqual([]);
  });

  it('is given as it stands, unless somebody has acted on it meanwhile', () => {
    const offered = {
      type: 'act',
      intent: { playing: false, positionSec: 0, rate: 1, atServerMs: 5_001_000 },
    } as const;
    const given = online().on({ type: 'page', page });
    given.did();
    expect(given.on(offered).types()).toEqual(['watch/playback_state']);

    const late = online().on({ type: 'page', page });
    late.told('watch/playback_state', playback(2, { contentId: page.content.contentId }));
    late.did();
    expect(late.on(offered).types()).toEqual([]);
    expect(followedTimeline(late.session)).toMatchObject({ playing: true, seq: 2 });
  });

  it('is not given by somebody else', () => {
    const guest = online({ ...joinedPayload, hostUserId: 'bob' });
    expect(guest.on({ type: 'page', page }).did()).toEqual([]);
  });

  it('is another when a person shares another tab', () => {
    const driver = watching().on({ type: 'page', page: null });
    driver.on({ type: 'tab', tabId: 8, share: true });
    driver.on({ type: 'page', page: { content: { contentId: 'next' }, hasVideo: true } });
    expect(driver.sentOne('watch/set_content').payload.contentId).toBe('next');
    expect(driver.session.playback.timeline).toBeNull();
  });

  it('[TL-2] has no timeline when it is another', () => {
    const driver = watching().told('watch/content', { roomId: ROOM, contentId: 'next' });
    expect(driver.session).toMatchObject({
      playback: { timeline: null, content: { contentId: 'next' } },
    });
  });

  it('keeps its timeline when only its title changed', () => {
    const driver = watching().told('watch/content', {
      roomId: ROOM,
      contentId: FILM,
      meta: { title: 'One' },
    });
    expect(driver.session.playback.timeline?.seq).toBe(4);
  });

  it('of another room changes nothing', () => {
    const driver = watching();
    const before = driver.session;
    expect(driver.told('watch/content', { roomId: 'elsewhere', contentId: 'x' }).session).toBe(before);
  });
});

describe('a server that knows only v1', () => {
  const v1 = () => {
    const driver = watching([]);
    driver.did();
    return driver;
  };

  it('[CAP-1] is sent nothing beyond v1', () => {
    const driver = v1();
    driver.on({ type: 'report', report: { state: 'buffering' } });
    driver.on(pause).on({ type: 'send_chat', id: 'c1', text: 'hi' });
    expect(driver.types()).toEqual(['watch/playback_state', 'chat/send']);
    expect([...driver.timers.keys()]).toEqual([]);
  });

  it('has no seq, so the session counts by itself', () => {
    const driver = v1();
    expect(driver.session.playback.timeline).toMatchObject({ seq: 1, rate: 1 });
    expect(driver.told('watch/playback_state', playback(undefined)).session.playback.timeline?.seq).toBe(2);
  });

  it('tells only the others, so the ack confirms an act', () => {
    const driver = v1().on(pause);
    const { requestId } = driver.sentOne('watch/playback_state');
    driver.ack(requestId);
    expect(driver.session.playback.timeline).toMatchObject({ playing: false, positionSec: 61, seq: 2 });
    expect(driver.session).toMatchObject({
      intents: { pending: null },
      playback: { lastActor: 'ada' },
    });
  });

  it('may keep no state: whoever acted last tells a newcomer', () => {
    const driver = v1().on(pause);
    driver.ack(driver.sentOne('watch/playback_state').requestId);
    driver.told('room/peer_joined', { roomId: ROOM, peer: { userId: 'cyd', displayName: 'Cyd' } });
    expect(driver.types()).toEqual(['watch/set_content', 'watch/playback_state']);
  });

  it('is retold from where the film is by then: an old stamp would be taken for one of another clock', () => {
    const driver = v1().on(seek);
    driver.ack(driver.sentOne('watch/playback_state').requestId);
    driver.nowMs += 8000;
    driver.told('room/peer_joined', { roomId: ROOM, peer: { userId: 'cyd', displayName: 'Cyd' } });
    const retold = driver.sentOne('watch/playback_state').payload;
    expect(retold.state.positionSec - retold.state.hostTsMs / 1000).toBeCloseTo(61 - 5_001, 2);
    expect(retold.state.hostTsMs / 1000).toBeCloseTo(5_008, 0);
  });

  it('is told nothing by who did not act last', () => {
    const driver = v1().told('room/peer_joined', {
      roomId: ROOM,
      peer: { userId: 'cyd', displayName: 'Cyd' },
    });
    expect(driver.did()).toEqual([]);
  });

  it('may relay a host’s own clock, which is not the server’s', () => {
    const driver = v1().told('watch/playback_state', playback(undefined, { hostTsMs: 1_000_000 }));
    expect(driver.session.playback.timeline?.atServerMs).toBe(5_000_000);
  });

  it('names no host: who is alone there leads', () => {
    const joined = { roomId: ROOM, you: joinedPayload.you, peers: [] };
    expect(online(joined, []).on({ type: 'page', page }).did()).toEqual(['send', 'publish_state']);
    const bob = { userId: 'bob', displayName: 'Bob' };
    expect(
      online({ ...joined, peers: [bob] }, [])
        .on({ type: 'page', page })
        .did(),
    ).toEqual([]);
  });
});

describe('how this member is', () => {
  const report = (state: 'ready' | 'buffering', driftMs = 0) =>
    ({ type: 'report', report: { state, driftMs, boundMs: 3 } }) as const;

  it('[STATE-2] is told at once when the state is another', () => {
    const driver = watching().on(report('ready'));
    driver.did();
    expect(driver.on(report('buffering')).types()).toEqual(['member/state']);
  });

  it('[STATE-3] is told every fifteen seconds when only figures change', () => {
    const driver = watching().on(report('ready'));
    driver.did();
    for (let at = 0; at < 10; at++) driver.on(report('ready', at));
    expect(driver.did()).toEqual([]);
    expect(driver.timers.get('report')).toBe(15_000);
    expect(driver.on({ type: 'timer', name: 'report' }).sentOne('member/state').payload.driftMs).toBe(9);
  });

  it('is told anew after coming back', () => {
    const driver = watching().on(report('ready')).on({ type: 'closed', code: 1006 });
    driver.on(report('buffering')).on({ type: 'timer', name: 'retry' });
    driver.did();
    settle(driver);
    expect(driver.types()).toContain('member/state');
  });
});
