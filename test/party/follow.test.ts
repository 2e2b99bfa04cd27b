import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  contentMetaOf,
  durationDifferenceSec,
  savedSession,
  saveSession,
  canShareMyContent,
  type Page,
} from '../../src/party/index.ts';
import { identify } from '../../src/sites/identify.ts';
import { siteOf } from '../../src/sites/lookup.ts';
import { LIMITS, type MemberState, type OwnMemberState } from '../../src/protocol/index.ts';
import { joinedPayload, online, playback, ROOM, type Driver } from './support.ts';

type RoomContent = Page['content'];

const watchPage = (id: number) => `https://shows.example/watch/${id}`;
const episode = (id: number, extra: object = {}) => ({
  contentId: watchPage(id),
  meta: { url: watchPage(id), title: `Episode ${id}`, durationSec: 600, ...extra },
});
const elsewhere = {
  contentId: 'https://other.example/clip',
  meta: { url: 'https://other.example/clip', title: 'Clip' },
};
const shows = (content: { contentId: string; meta?: unknown }, hasVideo = true) =>
  ({ type: 'page', page: { content, hasVideo } }) as const;

/** Ada, in a room that is at `positionSec` of episode 1, as her tab is. */
function watchingAt(positionSec: number, hostUserId = 'ada'): Driver {
  const driver = online({ ...joinedPayload, hostUserId });
  driver.told('watch/content', { roomId: ROOM, ...episode(1), seq: 3, fromUserId: 'bob' });
  driver.told('watch/playback_state', playback(4, { positionSec, contentId: watchPage(1) }));
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
    expect(contents(ada)).toMatchObject([{ payload: { contentId: watchPage(2), baseSeq: 4 } }]);
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
  });

  it('as anybody else, moves nobody, and is asked', () => {
    const ada = watchingAt(60, 'bob');
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
    expect(canShareMyContent(ada.session)).toBe(true);
    ada.on({ type: 'take_along' });
    expect(contents(ada)).toMatchObject([{ payload: { contentId: watchPage(2) } }]);
    expect(canShareMyContent(ada.session)).toBe(false);
  });

  it('takes the party along at the end of the film, where the site goes on to the next', () => {
    const ada = watchingAt(560, 'bob');
    ada.on(shows(elsewhere));
    expect(contents(ada)).toEqual([]);
    ada.on(shows(episode(1))).on(shows(episode(2)));
    expect(contents(ada)).toMatchObject([{ payload: { contentId: watchPage(2) } }]);
  });

  it('moves nobody to what a site shows between two films, but to the film after it', () => {
    const ada = watchingAt(595);
    ada.on(shows({ ...episode(9), meta: { ...episode(9).meta, durationSec: 30 } }));
    expect(contents(ada)).toEqual([]);
    ada.on(shows(episode(2)));
    expect(contents(ada)).toMatchObject([{ payload: { contentId: watchPage(2) } }]);
  });

  it('moves nobody where only the host controls, and is not asked', () => {
    const ada = watchingAt(590, 'bob');
    ada.told('room/roles', { roomId: ROOM, hostUserId: 'bob', control: 'host' });
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
    expect(canShareMyContent(ada.session)).toBe(false);
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
    expect(ada.session.navigation.pending).toMatchObject({ url: watchPage(2) });
    ada.on({ type: 'page', page: null }).on(shows(episode(2), false));
    expect(ada.session.navigation.pending).not.toBeNull();
    ada.on(shows(episode(2)));
    expect(ada.session.navigation.pending).toBeNull();
    expect(contents(ada)).toEqual([]);
  });

  it('at the end of a film lets the site go on by itself first', () => {
    const ada = watchingAt(595, 'bob');
    roomGoesOn(ada, episode(2));
    expect(ada.did()).toEqual([]);
    ada.on(shows(episode(2)));
    ada.on({ type: 'timer', name: 'navigation' });
    expect(ada.did()).not.toContain('go_to');

    const late = watchingAt(595, 'bob');
    roomGoesOn(late, episode(2));
    late.on({ type: 'timer', name: 'navigation' });
    expect(late.did()).toEqual(['go_to']);
  });

  it('loads no page anew to which its site has just gone, although its film is not there yet', () => {
    const ada = watchingAt(595, 'bob');
    roomGoesOn(ada, episode(2));
    ada.on(shows(episode(2), false)).on({ type: 'timer', name: 'navigation' });
    expect(ada.did()).not.toContain('go_to');
    expect(ada.session.navigation.pending).toMatchObject({ navigated: true });
    ada.on(shows(episode(2)));
    expect(ada.session.navigation.pending).toBeNull();
  });

  it('waits no longer for its site when that goes elsewhere', () => {
    const ada = watchingAt(595, 'bob');
    roomGoesOn(ada, episode(2));
    ada.on({ type: 'page', page: null });
    expect(ada.did()).toEqual([]);
    ada.on(shows(episode(7)));
    expect(ada.did()).toEqual(['go_to']);
  });

  it.each([
    ['goes to another site only if asked to', elsewhere, (): void => undefined],
    [
      'stays where the address is none',
      { contentId: 'shows:2', meta: { url: 'javascript:alert(1)' } },
      (): void => undefined,
    ],
    [
      'stays who wants to stay',
      episode(2),
      (ada: Driver) => void ada.on({ type: 'set_follow', followParty: false }),
    ],
    ['stays who has gone elsewhere before', episode(2), (ada: Driver) => void ada.on(shows(elsewhere))],
  ])('%s', (_, content, before) => {
    const ada = watchingAt(60, 'bob');
    before(ada);
    ada.did();
    roomGoesOn(ada, content);
    expect(ada.did()).not.toContain('go_to');
    expect(ada.session.navigation.pending).toBeNull();
  });

  it('is not waited for for ever', () => {
    const ada = watchingAt(60, 'bob');
    roomGoesOn(ada, episode(2));
    ada.on({ type: 'timer', name: 'navigation' });
    expect(ada.session.navigation.pending).toBeNull();
  });

  it('of two who go on at one moment follows the first, and takes nobody back', () => {
    const ada = watchingAt(595, 'bob');
    ada.on(shows(episode(2)));
    expect(contents(ada)).toHaveLength(1);
    // Bob was quicker, to another one: the server lets ours be, and tells his.
    roomGoesOn(ada, episode(3));
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
    expect(ada.session.playback.content?.contentId).toBe(watchPage(3));
  });
});

describe('where an ad keeps from the next film whoever leads', () => {
  /** Ada is there with the next film, where the host and another are as said. */
  const arrived = (host: MemberState, other: MemberState, me: OwnMemberState = 'ready', otherId = 'cyd') => {
    const peers = ['bob', otherId].map((userId) => ({ userId, displayName: userId }));
    const driver = online({ ...joinedPayload, hostUserId: 'bob', peers });
    driver.told('watch/content', { roomId: ROOM, ...episode(2), seq: 3, fromUserId: 'bob' });
    driver.on(shows(episode(2))).on({ type: 'report', report: { state: me } });
    const members = [
      { userId: 'bob', state: host },
      { userId: otherId, state: other },
    ];
    return driver.told('member/states', { roomId: ROOM, members });
  };

  it('[META-3] one of those who are there tells where the film is, if it plays there', () => {
    expect(arrived('ad', 'ready').offers()).toEqual([{ type: 'publish_state', onlyPlaying: true }]);
    expect(arrived('ad', 'coming').offers()).toHaveLength(1);
    expect(arrived('away', 'ad').offers()).toHaveLength(1);
  });

  it('[META-3] also who comes there only then', () => {
    const driver = arrived('ad', 'ready', 'coming');
    expect(driver.offers()).toEqual([]);
    expect(driver.on({ type: 'report', report: { state: 'ready' } }).offers()).toHaveLength(1);
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
    expect(durationDifferenceSec(ada.session)).toBe(bySec);
  });

  it('is not told of a film of another name, or where a length is unknown', () => {
    const ada = watchingAt(60, 'bob');
    ada.on(shows(episode(2, { durationSec: 50 })));
    expect(durationDifferenceSec(ada.session)).toBeNull();
    ada.on(shows(episode(1, { durationSec: undefined })));
    expect(durationDifferenceSec(ada.session)).toBeNull();
  });

  it('is not told where a length has ads in it', () => {
    const ada = watchingAt(60, 'bob');
    ada.on(shows(episode(1, { durationSec: 734, adsInLength: true })));
    expect(durationDifferenceSec(ada.session)).toBeNull();
  });
});

it('what others say of a content is not believed', () => {
  const facts = contentMetaOf({
    contentId: 'x',
    meta: { url: 'file:///etc/passwd', title: 7, durationSec: 'long' },
  });
  expect(facts).toEqual({});
});

describe('whatever a member tells of another film', () => {
  const WATCH = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';
  /** Each tab shows what the party watches. */
  const TABS = [
    episode(1),
    { contentId: 'youtube:aqz-KE-bpKQ', meta: { url: 'https://www.youtube.com/watch?v=aqz-KE-bpKQ' } },
    { contentId: 'netflix:70143836', meta: { url: 'https://www.netflix.com/watch/70143836' } },
    { contentId: 'prime:B08XYZ1234/s1e1', meta: { url: 'https://www.amazon.de/gp/video/detail/B08XYZ1234' } },
    { contentId: 'jellyfin:ab12', meta: { url: 'https://media.example/web/#/details?id=ab12' } },
  ];
  const here = fc.constantFrom(...TABS);
  const foreign = [
    ...[
      'm.youtube.com',
      'www.youtube.com:8443',
      'www.youtube.com.evil.example',
      'www.youtube.com@evil.example',
    ],
    ...['evil.example', '192.168.1.1', '127.0.0.1:8787', '[::1]', 'www.amazon.com', 'app.plex.tv'],
  ];
  const path = fc.constantFrom(
    ...[
      '/watch?v=dQw4w9WgXcQ',
      '/redirect?q=https%3A%2F%2Fevil.example%2F',
      '/watch/80057281',
      '/logout',
      '/',
    ],
    ...['/dp/B000000000', '/gp/video/detail/B000000000', '/web/#/details?id=cd34', '/watch/2'],
    ...['/watch?v=dQw4w9WgXcQ&next=%2Flogout', '/shorts/dQw4w9WgXcQ', '/desktop/#!/server/ab/details?key=x'],
  );
  /** As often as not on the host where the tab is. */
  const urlNear = (tab: (typeof TABS)[number]) => {
    const host = fc.oneof(fc.constant(new URL(tab.meta.url).host), fc.constantFrom(...foreign));
    const scheme = fc.constantFrom('https://', 'https://', 'https://', 'http://');
    return fc.oneof(
      { weight: 8, arbitrary: fc.tuple(scheme, host, path).map((parts) => parts.join('')) },
      { weight: 1, arbitrary: fc.webUrl() },
      { weight: 1, arbitrary: fc.constantFrom('javascript:alert(1)', 'file:///etc/passwd', '') },
    );
  };
  const site = fc.constantFrom('youtube', 'netflix', 'prime', 'jellyfin', 'plex', undefined);
  const ids = fc.constantFrom(
    ...['youtube:dQw4w9WgXcQ', 'youtube:live/dQw4w9WgXcQ', 'youtube:zzz', 'netflix:80057281'],
    ...['prime:B000000000', 'prime:B000000000/s2e1', 'jellyfin:cd34', 'https://evil.example/'],
  );
  /** Half of them name what the address itself is. */
  const otherNear = (tab: (typeof TABS)[number]) =>
    fc
      .record({ contentId: ids, url: urlNear(tab), site, honest: fc.boolean() })
      .map(({ contentId, url, site, honest }): RoomContent => {
        const named = honest ? identify(url, { documentTitle: '' }).content?.contentId : undefined;
        return { contentId: named ?? contentId, meta: { url, site } };
      });
  const story = here.chain((tab) =>
    fc.record({
      tab: fc.constant(tab),
      first: fc.oneof(fc.record({ url: urlNear(tab), site }), fc.anything()),
      next: otherNear(tab),
    }),
  );

  /** A room is told the same content with another `meta`, and then another content. */
  const goesTo = (tab: RoomContent, first: unknown, next: RoomContent) => {
    const ada = online({ ...joinedPayload, hostUserId: 'bob' });
    ada.told('watch/content', { roomId: ROOM, ...tab, seq: 3, fromUserId: 'bob' }).on(shows(tab));
    ada.told('watch/content', { roomId: ROOM, contentId: tab.contentId, meta: first, fromUserId: 'eve' });
    ada.told('watch/content', { roomId: ROOM, ...next, seq: 4, fromUserId: 'eve' });
    return ada.wentTo();
  };

  it('[META-4] the tab goes by itself only to that film’s own page, on the site where it is', () => {
    let gone = 0;
    fc.assert(
      fc.property(story, ({ tab, first, next }) => {
        const { contentId } = next;
        const [to] = goesTo(tab, first, next);
        if (to === undefined) return;
        gone += 1;
        const there = identify(to, { documentTitle: '' });
        const sameOrigin = new URL(to).origin === new URL(tab.meta.url).origin;
        if (there.kind === 'any') expect([sameOrigin, contentId]).toEqual([true, to]);
        else {
          expect(siteOf(to)).toBe(siteOf(tab.meta.url));
          expect(['film', 'live']).toContain(there.kind);
          expect(contentId.replace(/:live\/|\/s\d+e\d+$/, (part) => (part === ':live/' ? ':' : ''))).toBe(
            there.content?.contentId,
          );
        }
      }),
      { numRuns: 2000 },
    );
    // It is not for want of going.
    expect(gone).toBeGreaterThan(20);
  });

  it.each([
    ['by another host of the site', WATCH.replace('www.', 'm.'), WATCH],
    ['a live stream, which only its page tells', WATCH, WATCH, 'youtube:live/dQw4w9WgXcQ'],
    [
      'a page that sends its visitors on',
      'https://www.youtube.com/redirect?q=https%3A%2F%2Fevil.example',
      undefined,
    ],
    ['its own film by an address with more in it', `${WATCH}&next=/logout`, WATCH],
    ['another film than it says', WATCH.replace('dQw', 'xxx'), undefined],
    ['a site that only wears the name', 'http://192.168.1.1/watch?v=dQw4w9WgXcQ', undefined],
  ])('on YouTube, %s', (_, told, to, contentId = 'youtube:dQw4w9WgXcQ') => {
    const next = { contentId, meta: { url: told, site: 'youtube' } };
    expect(goesTo(TABS[1] as RoomContent, { url: told, site: 'youtube' }, next)).toEqual(
      to === undefined ? [] : [to],
    );
  });

  it('at the end of a film waits for its site to go there, where the address tells nothing', () => {
    const film = (item: string) => ({
      contentId: `jellyfin:${item}`,
      meta: { url: `https://media.example/web/#/details?id=${item}`, durationSec: 600 },
    });
    const ada = online({ ...joinedPayload, hostUserId: 'bob' });
    ada.told('watch/content', { roomId: ROOM, ...film('ab12'), seq: 3, fromUserId: 'bob' });
    ada.told('watch/playback_state', playback(4, { positionSec: 595, contentId: 'jellyfin:ab12' }));
    ada.on(shows(film('ab12')));
    roomGoesOn(ada, film('cd34'));
    expect(ada.session.navigation.pending).toMatchObject({ contentId: 'jellyfin:cd34', url: null });
    ada.on({ type: 'timer', name: 'navigation' });
    expect(ada.session.navigation.pending).toBeNull();
    expect(ada.wentTo()).toEqual([]);
  });
});

describe('whatever a member tells of the length of a film', () => {
  it('who looks around on the site takes nobody along before its end', () => {
    const ada = watchingAt(60, 'bob');
    ada.told('watch/content', { roomId: ROOM, ...episode(1, { durationSec: 61 }), fromUserId: 'eve' });
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
    expect(canShareMyContent(ada.session)).toBe(true);
  });

  it('its next film is no trailer', () => {
    const ada = watchingAt(595, 'bob');
    ada.told('watch/content', { roomId: ROOM, ...episode(1, { durationSec: 1e6 }), fromUserId: 'eve' });
    ada.on(shows(episode(2)));
    expect(contents(ada)).toMatchObject([{ payload: { contentId: watchPage(2) } }]);
  });

  it('and however much of else, what this member tells of it is no more than a content may carry', () => {
    const ada = watchingAt(60);
    const bare = { ...episode(1).meta, durationSec: undefined, junk: '' };
    const junk = { ...bare, junk: 'x'.repeat(LIMITS.metaChars - JSON.stringify(bare).length) };
    ada.told('watch/content', { roomId: ROOM, contentId: watchPage(1), meta: junk, fromUserId: 'eve' });
    ada.on(shows(episode(1)));
    expect(contents(ada)).toMatchObject([{ payload: { meta: { durationSec: 600 } } }]);
    expect(savedSession.safeParse(saveSession(ada.session, 0, 0)).success).toBe(true);
  });
});
