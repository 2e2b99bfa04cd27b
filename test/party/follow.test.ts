import { describe, expect, it } from 'vitest';
import { contentFacts, cutSec, takesAlong } from '../../src/party/index.ts';
import type { MemberState, OwnMemberState } from '../../src/protocol/index.ts';
import { joinedPayload, online, playback, ROOM, type Driver } from './support.ts';

const episode = (id: number, extra: object = {}) => ({
  contentId: `shows:${id}`,
  meta: {
    url: `https://shows.example/watch/${id}`,
    title: `Episode ${id}`,
    site: 'shows',
    durationSec: 600,
    ...extra,
  },
});
const elsewhere = {
  contentId: 'https://other.example/clip',
  meta: { url: 'https://other.example/clip', title: 'Clip' },
};
const shows = (content: { contentId: string; meta?: unknown }, hasFilm = true) =>
  ({ on: 'page', page: { content, hasFilm } }) as const;

/** Ada, in a room that is at `positionSec` of episode 1, as her tab is. */
function watchingAt(positionSec: number, hostUserId = 'ada'): Driver {
  const driver = online({ ...joinedPayload, hostUserId });
  driver.told('watch/content', { roomId: ROOM, ...episode(1), seq: 3, fromUserId: 'bob' });
  driver.told('watch/playback_state', playback(4, { positionSec, contentId: 'shows:1' }));
  driver.on(shows(episode(1)));
  driver.did();
  return driver;
}
const roomGoesOn = (driver: Driver, content: { contentId: string; meta?: unknown }) =>
  driver.told('watch/content', { roomId: ROOM, ...content, seq: 9, fromUserId: 'bob' });
const contents = (driver: Driver) => driver.sent().filter(({ type }) => type === 'watch/set_content');

describe('who goes to another film', () => {
  it('as the host, takes the party along, once the film is there', () => {
    const ada = watchingAt(60);
    ada.on(shows(episode(2), false));
    expect(contents(ada)).toEqual([]);
    ada.on(shows(episode(2)));
    expect(contents(ada)).toMatchObject([{ payload: { contentId: 'shows:2', baseSeq: 4 } }]);
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
  });

  it('as anybody else, moves nobody, and is asked', () => {
    const ada = watchingAt(60, 'bob');
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
    expect(takesAlong(ada.session)).toBe(true);
    ada.on({ on: 'take_along' });
    expect(contents(ada)).toMatchObject([{ payload: { contentId: 'shows:2' } }]);
    expect(takesAlong(ada.session)).toBe(false);
  });

  it('takes the party along at the end of the film, where the site goes on to the next', () => {
    const ada = watchingAt(560, 'bob');
    ada.on(shows(elsewhere));
    expect(contents(ada)).toEqual([]);
    ada.on(shows(episode(1))).on(shows(episode(2)));
    expect(contents(ada)).toMatchObject([{ payload: { contentId: 'shows:2' } }]);
  });

  it('moves nobody to what a site shows between two films, but to the film after it', () => {
    const ada = watchingAt(595);
    ada.on(shows({ ...episode(9), meta: { ...episode(9).meta, durationSec: 30 } }));
    expect(contents(ada)).toEqual([]);
    ada.on(shows(episode(2)));
    expect(contents(ada)).toMatchObject([{ payload: { contentId: 'shows:2' } }]);
  });

  it('moves nobody where only the host controls, and is not asked', () => {
    const ada = watchingAt(590, 'bob');
    ada.told('room/roles', { roomId: ROOM, hostUserId: 'bob', control: 'host' });
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
    expect(takesAlong(ada.session)).toBe(false);
  });

  it('moves nobody who was not with the party before, as a host who comes back to a tab of old', () => {
    const ada = online();
    ada.on(shows(elsewhere));
    ada.told('watch/content', { roomId: ROOM, ...episode(1), seq: 3, fromUserId: 'bob' });
    ada.sent();
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
  });
});

describe('who is left behind by the party', () => {
  it('goes along on the same site, at once in the middle of a film', () => {
    const ada = watchingAt(60, 'bob');
    roomGoesOn(ada, episode(2));
    expect(ada.did()).toEqual(['go_to']);
    expect(ada.session.along).toMatchObject({ url: 'https://shows.example/watch/2' });
    ada.on({ on: 'page', page: null }).on(shows(episode(2), false));
    expect(ada.session.along).not.toBeNull();
    ada.on(shows(episode(2)));
    expect(ada.session.along).toBeNull();
    expect(contents(ada)).toEqual([]);
  });

  it('at the end of a film lets the site go on by itself first', () => {
    const ada = watchingAt(595, 'bob');
    roomGoesOn(ada, episode(2));
    expect(ada.did()).toEqual([]);
    ada.on(shows(episode(2)));
    ada.on({ on: 'timer', name: 'along' });
    expect(ada.did()).not.toContain('go_to');

    const late = watchingAt(595, 'bob');
    roomGoesOn(late, episode(2));
    late.on({ on: 'timer', name: 'along' });
    expect(late.did()).toEqual(['go_to']);
  });

  it('loads no page anew to which its site has just gone, although its film is not there yet', () => {
    const ada = watchingAt(595, 'bob');
    roomGoesOn(ada, episode(2));
    ada.on(shows(episode(2), false)).on({ on: 'timer', name: 'along' });
    expect(ada.did()).not.toContain('go_to');
    expect(ada.session.along).toMatchObject({ went: true });
    ada.on(shows(episode(2)));
    expect(ada.session.along).toBeNull();
  });

  it('waits no longer for its site when that goes elsewhere', () => {
    const ada = watchingAt(595, 'bob');
    roomGoesOn(ada, episode(2));
    ada.on({ on: 'page', page: null });
    expect(ada.did()).toEqual([]);
    ada.on(shows(episode(7)));
    expect(ada.did()).toEqual(['go_to']);
  });

  it.each([
    ['goes to another site only if asked to', elsewhere, (): void => undefined],
    [
      'stays where the address is none',
      { contentId: 'shows:2', meta: { site: 'shows', url: 'javascript:alert(1)' } },
      (): void => undefined,
    ],
    [
      'stays who wants to stay',
      episode(2),
      (ada: Driver) => void ada.on({ on: 'set_follow', followParty: false }),
    ],
    ['stays who has gone elsewhere before', episode(2), (ada: Driver) => void ada.on(shows(elsewhere))],
  ])('%s', (_, content, before) => {
    const ada = watchingAt(60, 'bob');
    before(ada);
    ada.did();
    roomGoesOn(ada, content);
    expect(ada.did()).not.toContain('go_to');
    expect(ada.session.along).toBeNull();
  });

  it('is not waited for for ever', () => {
    const ada = watchingAt(60, 'bob');
    roomGoesOn(ada, episode(2));
    ada.on({ on: 'timer', name: 'along' });
    expect(ada.session.along).toBeNull();
  });

  it('of two who go on at one moment follows the first, and takes nobody back', () => {
    const ada = watchingAt(595, 'bob');
    ada.on(shows(episode(2)));
    expect(contents(ada)).toHaveLength(1);
    // Bob was quicker, to another one: the server lets ours be, and tells his.
    roomGoesOn(ada, episode(3));
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
    expect(ada.session.content?.contentId).toBe('shows:3');
  });
});

describe('where an ad keeps from the next film whoever leads', () => {
  /** Ada is there with the next film, where the host and another are as said. */
  const arrived = (host: MemberState, other: MemberState, me: OwnMemberState = 'ready', otherId = 'cyd') => {
    const peers = ['bob', otherId].map((userId) => ({ userId, displayName: userId }));
    const driver = online({ ...joinedPayload, hostUserId: 'bob', peers });
    driver.told('watch/content', { roomId: ROOM, ...episode(2), seq: 3, fromUserId: 'bob' });
    driver.on(shows(episode(2))).on({ on: 'report', report: { state: me } });
    const members = [
      { userId: 'bob', state: host },
      { userId: otherId, state: other },
    ];
    return driver.told('member/states', { roomId: ROOM, members });
  };

  it('[META-3] one of those who are there tells where the film is, if it plays there', () => {
    expect(arrived('ad', 'ready').offers()).toEqual([{ do: 'offer', onlyPlaying: true }]);
    expect(arrived('ad', 'coming').offers()).toHaveLength(1);
    expect(arrived('away', 'ad').offers()).toHaveLength(1);
  });

  it('[META-3] also who comes there only then', () => {
    const driver = arrived('ad', 'ready', 'coming');
    expect(driver.offers()).toEqual([]);
    expect(driver.on({ on: 'report', report: { state: 'ready' } }).offers()).toHaveLength(1);
  });

  it('[META-3] nobody else does: not the second of them, nor who has an ad too, nor while the leader is on the way', () => {
    expect(arrived('ad', 'ready', 'ready', 'aaron').offers()).toEqual([]);
    expect(arrived('ad', 'ready', 'ad').offers()).toEqual([]);
    expect(arrived('coming', 'ad').offers()).toEqual([]);
    expect(arrived('ready', 'ready').offers()).toEqual([]);
  });
});

describe('another cut of the same film', () => {
  it.each([
    [600, null],
    [601.9, null],
    [734, 134],
    [500, -100],
  ])('of %d s beside 600 s differs by %s', (durationSec, bySec) => {
    const ada = watchingAt(60, 'bob');
    ada.on(shows(episode(1, { durationSec })));
    expect(cutSec(ada.session)).toBe(bySec);
  });

  it('is not told of a film of another name, or where a length is unknown', () => {
    const ada = watchingAt(60, 'bob');
    ada.on(shows(episode(2, { durationSec: 50 })));
    expect(cutSec(ada.session)).toBeNull();
    ada.on(shows(episode(1, { durationSec: undefined })));
    expect(cutSec(ada.session)).toBeNull();
  });

  it('is not told where a length has ads in it', () => {
    const ada = watchingAt(60, 'bob');
    ada.on(shows(episode(1, { durationSec: 734, adsInLength: true })));
    expect(cutSec(ada.session)).toBeNull();
  });
});

it('what others say of a content is not believed', () => {
  const facts = contentFacts({
    contentId: 'x',
    meta: { url: 'file:///etc/passwd', title: 7, durationSec: 'long' },
  });
  expect(facts).toEqual({});
});
