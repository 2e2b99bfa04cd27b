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
  completeJoin,
  watching,
} from './support.ts';

const page = { content: { contentId: FILM }, hasVideo: true };

const seek: SessionEvent = {
  type: 'act',
  intent: { act: 'seek', playing: true, positionSec: 61, rate: 1, atServerMs: 5_001_000 },
};

describe('an intent of this user', () => {
  it('The intent is shown at once, and is sent with the state that the user saw.', () => {
    const driver = watching().on(pause);
    expect(followedTimeline(driver.session)).toMatchObject({ playing: false, positionSec: 61 });
    expect(driver.sentOne('watch/playback_state').payload).toMatchObject({
      act: 'pause',
      baseSeq: 4,
      state: { playing: false, positionSec: 61, hostTsMs: 5_001_000, contentId: FILM },
    });
  });

  it('[TL-3] The room’s timeline replaces it once the server has sent it.', () => {
    const driver = watching().on(pause);
    const { requestId } = driver.sentOne('watch/playback_state');
    driver.receive('watch/playback_state', playback(5, { playing: false, positionSec: 61 }));
    expect(driver.session.intents.pending).not.toBeNull();
    driver.ack(requestId);
    expect(driver.session.intents.pending).toBeNull();
    expect(driver.session.playback.timeline).toMatchObject({ seq: 5, playing: false });
  });

  it('The intent is undone when the server refuses it.', () => {
    const driver = watching().on(pause);
    const { requestId } = driver.sentOne('watch/playback_state');
    driver.receive('error', { requestId, code: 'unauthorized', message: 'host only' });
    expect(driver.session.connection.problem).toBe('not_allowed');
    expect(followedTimeline(driver.session)?.playing).toBe(true);
  });

  it('[ROLE-3] A member that may not control sends no intent.', () => {
    const driver = watching().receive('room/roles', { roomId: ROOM, hostUserId: 'bob', control: 'host' });
    expect(driver.on(pause).effectTypes()).toEqual([]);
    expect(driver.session.connection.problem).toBe('not_allowed');
  });

  it('A moment named in the chat is an intent, wherever the own player is.', () => {
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

  it('The intent is not followed where the tab shows another video.', () => {
    const driver = watching().on({ type: 'page', page: { content: { contentId: 'other' }, hasVideo: true } });
    expect(followedTimeline(driver.session)).toBeNull();
  });
});

describe('the metadata of the content', () => {
  const page = (durationSec?: number): SessionEvent => ({
    type: 'page',
    page: { content: { contentId: FILM, meta: { durationSec } }, hasVideo: true },
  });
  const published = (driver: Driver) =>
    driver.sent().filter(({ type }) => type === 'watch/set_content') as { payload: object }[];

  it('The leader publishes the duration once it is known.', () => {
    const driver = watching().on(page());
    expect(published(driver)).toEqual([]);
    expect(published(driver.on(page(600)))).toMatchObject([
      { payload: { contentId: FILM, meta: { durationSec: 600 } } },
    ]);
    expect(published(driver.on(page(15)))).toEqual([]);
  });

  it('A published duration keeps the title that the page does not show any more.', () => {
    const driver = watching();
    driver.receive('watch/content', { roomId: ROOM, contentId: FILM, meta: { title: 'One', season: 2 } });
    const untitled = { content: { contentId: FILM, meta: { durationSec: 600 } }, hasVideo: true };
    expect(published(driver.on({ type: 'page', page: untitled }))).toMatchObject([
      { payload: { meta: { title: 'One', season: 2, durationSec: 600 } } },
    ]);
  });

  it('The leader publishes the title once the page has shown it.', () => {
    const titled = (title?: string): SessionEvent => ({
      type: 'page',
      page: { content: { contentId: FILM, meta: { title, durationSec: 600 } }, hasVideo: true },
    });
    const driver = watching().on(titled());
    expect(published(driver)).toMatchObject([{ payload: { meta: { durationSec: 600 } } }]);
    expect(published(driver.on(titled('One')))).toMatchObject([{ payload: { meta: { title: 'One' } } }]);
    expect(published(driver.on(titled('Another')))).toEqual([]);
  });

  it('Other members publish none, since their cut may be another.', () => {
    const driver = watching();
    driver.receive('room/roles', { roomId: ROOM, hostUserId: 'bob', control: 'everyone' });
    expect(published(driver.on(page(600)))).toEqual([]);
  });
});

describe('an intent made offline', () => {
  const offline = (act = pause) => watching().on({ type: 'closed', code: 1006 }).on(act);
  const back = (seq: number, afterMs: number, act = pause) => {
    const driver = offline(act);
    driver.nowMs += afterMs;
    driver.on({ type: 'timer', name: 'retry' });
    driver.receive('server/hello', { v: 1, nowMs: 5_000_000 + afterMs, caps: ['timeline', 'resume'] });
    const { requestId } = driver.sentOne('room/join');
    driver.receive('room/joined', joinedPayload);
    driver.receive('watch/content', { roomId: ROOM, contentId: FILM });
    driver.receive('watch/playback_state', playback(seq)).ack(requestId);
    return driver;
  };

  it('The own player follows the intent meanwhile.', () => {
    const driver = offline();
    expect(driver.effectTypes()).toEqual([]);
    expect(followedTimeline(driver.session)?.playing).toBe(false);
  });

  it('The intent is sent after the rejoin if the room has not changed.', () => {
    expect(back(4, 8000).sentOne('watch/playback_state').payload).toMatchObject({ act: 'pause', baseSeq: 4 });
  });

  it('The intent is sent as of now, since the video has run on for its user.', () => {
    const driver = back(4, 8000, seek);
    const { state } = driver.sentOne('watch/playback_state').payload;
    expect(state.positionSec - state.hostTsMs / 1000).toBeCloseTo(61 - 5_001, 2);
    expect(state.positionSec).toBeGreaterThan(67);
  });

  it('The intent is dropped if somebody else has acted since.', () => {
    const driver = back(5, 8000);
    expect(driver.types()).not.toContain('watch/playback_state');
    expect(followedTimeline(driver.session)?.playing).toBe(true);
  });

  it('The intent is dropped if it is older than 30 s.', () => {
    expect(back(4, 29_999).types()).toContain('watch/playback_state');
    expect(back(4, 30_000).types()).not.toContain('watch/playback_state');
  });
});

describe('the room’s content', () => {
  it('The host publishes the content of its tab, once.', () => {
    const driver = online().on({ type: 'page', page });
    expect(driver.effectTypes()).toEqual(['send', 'publish_state']);
    expect(driver.on({ type: 'page', page }).effectTypes()).toEqual([]);
  });

  it('The player publishes its state unless somebody acts on it meanwhile.', () => {
    const offered = {
      type: 'act',
      intent: { playing: false, positionSec: 0, rate: 1, atServerMs: 5_001_000 },
    } as const;
    const given = online().on({ type: 'page', page });
    given.effectTypes();
    expect(given.on(offered).types()).toEqual(['watch/playback_state']);

    const late = online().on({ type: 'page', page });
    late.receive('watch/playback_state', playback(2, { contentId: page.content.contentId }));
    late.effectTypes();
    expect(late.on(offered).types()).toEqual([]);
    expect(followedTimeline(late.session)).toMatchObject({ playing: true, seq: 2 });
  });

  it('Another member does not publish it.', () => {
    const guest = online({ ...joinedPayload, hostUserId: 'bob' });
    expect(guest.on({ type: 'page', page }).effectTypes()).toEqual([]);
  });

  it('A user that shares another tab changes it.', () => {
    const driver = watching().on({ type: 'page', page: null });
    driver.on({ type: 'tab', tabId: 8, share: true });
    driver.on({ type: 'page', page: { content: { contentId: 'next' }, hasVideo: true } });
    expect(driver.sentOne('watch/set_content').payload.contentId).toBe('next');
    expect(driver.session.playback.timeline).toBeNull();
  });

  it('[TL-2] Other content starts without a timeline.', () => {
    const driver = watching().receive('watch/content', { roomId: ROOM, contentId: 'next' });
    expect(driver.session).toMatchObject({
      playback: { timeline: null, content: { contentId: 'next' } },
    });
  });

  it('A content whose title alone changed keeps its timeline.', () => {
    const driver = watching().receive('watch/content', {
      roomId: ROOM,
      contentId: FILM,
      meta: { title: 'One' },
    });
    expect(driver.session.playback.timeline?.seq).toBe(4);
  });

  it('The content of another room changes nothing.', () => {
    const driver = watching();
    const before = driver.session;
    expect(driver.receive('watch/content', { roomId: 'elsewhere', contentId: 'x' }).session).toBe(before);
  });
});

describe('a plain v1 server', () => {
  const v1 = () => {
    const driver = watching([]);
    driver.effectTypes();
    return driver;
  };

  it('[CAP-1] The session sends nothing beyond v1.', () => {
    const driver = v1();
    driver.on({ type: 'report', report: { state: 'buffering' } });
    driver.on(pause).on({ type: 'send_chat', id: 'c1', text: 'hi' });
    expect(driver.types()).toEqual(['watch/playback_state', 'chat/send']);
    expect([...driver.timers.keys()]).toEqual([]);
  });

  it('The session counts the seq, which the server lacks.', () => {
    const driver = v1();
    expect(driver.session.playback.timeline).toMatchObject({ seq: 1, rate: 1 });
    expect(driver.receive('watch/playback_state', playback(undefined)).session.playback.timeline?.seq).toBe(
      2,
    );
  });

  it('The ack confirms an intent, since the server sends it only to the others.', () => {
    const driver = v1().on(pause);
    const { requestId } = driver.sentOne('watch/playback_state');
    driver.ack(requestId);
    expect(driver.session.playback.timeline).toMatchObject({ playing: false, positionSec: 61, seq: 2 });
    expect(driver.session).toMatchObject({
      intents: { pending: null },
      playback: { lastActor: 'ada' },
    });
  });

  it('The member that acted last tells a newcomer, since the server may keep no state.', () => {
    const driver = v1().on(pause);
    driver.ack(driver.sentOne('watch/playback_state').requestId);
    driver.receive('room/peer_joined', { roomId: ROOM, peer: { userId: 'cyd', displayName: 'Cyd' } });
    expect(driver.types()).toEqual(['watch/set_content', 'watch/playback_state']);
  });

  it('The state is resent as of now, since an old stamp would pass for another clock’s.', () => {
    const driver = v1().on(seek);
    driver.ack(driver.sentOne('watch/playback_state').requestId);
    driver.nowMs += 8000;
    driver.receive('room/peer_joined', { roomId: ROOM, peer: { userId: 'cyd', displayName: 'Cyd' } });
    const retold = driver.sentOne('watch/playback_state').payload;
    expect(retold.state.positionSec - retold.state.hostTsMs / 1000).toBeCloseTo(61 - 5_001, 2);
    expect(retold.state.hostTsMs / 1000).toBeCloseTo(5_008, 0);
  });

  it('A member that did not act last resends nothing.', () => {
    const driver = v1().receive('room/peer_joined', {
      roomId: ROOM,
      peer: { userId: 'cyd', displayName: 'Cyd' },
    });
    expect(driver.effectTypes()).toEqual([]);
  });

  it('A host’s own clock, which the server relays, is not taken for the server’s.', () => {
    const driver = v1().receive('watch/playback_state', playback(undefined, { hostTsMs: 1_000_000 }));
    expect(driver.session.playback.timeline?.atServerMs).toBe(5_000_000);
  });

  it('A member that is alone leads, since the server names no host.', () => {
    const joined = { roomId: ROOM, you: joinedPayload.you, peers: [] };
    expect(online(joined, []).on({ type: 'page', page }).effectTypes()).toEqual(['send', 'publish_state']);
    const bob = { userId: 'bob', displayName: 'Bob' };
    expect(
      online({ ...joined, peers: [bob] }, [])
        .on({ type: 'page', page })
        .effectTypes(),
    ).toEqual([]);
  });
});

describe('the report of this member', () => {
  const report = (state: 'ready' | 'buffering', driftMs = 0) =>
    ({ type: 'report', report: { state, driftMs, boundMs: 3 } }) as const;

  it('[STATE-2] A changed state is sent at once.', () => {
    const driver = watching().on(report('ready'));
    driver.effectTypes();
    expect(driver.on(report('buffering')).types()).toEqual(['member/state']);
  });

  it('[STATE-3] Figures alone are sent every fifteen seconds.', () => {
    const driver = watching().on(report('ready'));
    driver.effectTypes();
    for (let at = 0; at < 10; at++) driver.on(report('ready', at));
    expect(driver.effectTypes()).toEqual([]);
    expect(driver.timers.get('report')).toBe(15_000);
    expect(driver.on({ type: 'timer', name: 'report' }).sentOne('member/state').payload.driftMs).toBe(9);
  });

  it('The report is sent again after a rejoin.', () => {
    const driver = watching().on(report('ready')).on({ type: 'closed', code: 1006 });
    driver.on(report('buffering')).on({ type: 'timer', name: 'retry' });
    driver.effectTypes();
    completeJoin(driver);
    expect(driver.types()).toContain('member/state');
  });
});
