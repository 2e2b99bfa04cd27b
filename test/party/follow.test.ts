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

/** Ada’s session: the room and her tab are at `positionSec` of episode 1. */
function watchingAt(positionSec: number, hostUserId = 'ada'): Driver {
  const driver = online({ ...joinedPayload, hostUserId });
  driver.receive('watch/content', { roomId: ROOM, ...episode(1), seq: 3, fromUserId: 'bob' });
  driver.receive('watch/playback_state', playback(4, { positionSec, contentId: watchPage(1) }));
  driver.on(shows(episode(1)));
  driver.effectTypes();
  return driver;
}
const roomGoesOn = (driver: Driver, content: { contentId: string; meta?: unknown }) =>
  driver.receive('watch/content', { roomId: ROOM, ...content, seq: 9, fromUserId: 'bob' });
const contents = (driver: Driver) => driver.sent().filter(({ type }) => type === 'watch/set_content');

describe('a tab that goes to another video', () => {
  it('The host takes the party along once the video is there.', () => {
    const ada = watchingAt(60);
    ada.on(shows(episode(2), false));
    expect(contents(ada)).toEqual([]);
    ada.on(shows(episode(2)));
    expect(contents(ada)).toMatchObject([{ payload: { contentId: watchPage(2), baseSeq: 4 } }]);
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
  });

  it('Another member moves nobody, and is asked.', () => {
    const ada = watchingAt(60, 'bob');
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
    expect(canShareMyContent(ada.session)).toBe(true);
    ada.on({ type: 'take_along' });
    expect(contents(ada)).toMatchObject([{ payload: { contentId: watchPage(2) } }]);
    expect(canShareMyContent(ada.session)).toBe(false);
  });

  it('Any member takes the party along at the end of the video, where the site goes on to the next.', () => {
    const ada = watchingAt(560, 'bob');
    ada.on(shows(elsewhere));
    expect(contents(ada)).toEqual([]);
    ada.on(shows(episode(1))).on(shows(episode(2)));
    expect(contents(ada)).toMatchObject([{ payload: { contentId: watchPage(2) } }]);
  });

  it('A trailer between two videos moves nobody, and the video after it does.', () => {
    const ada = watchingAt(595);
    ada.on(shows({ ...episode(9), meta: { ...episode(9).meta, durationSec: 30 } }));
    expect(contents(ada)).toEqual([]);
    ada.on(shows(episode(2)));
    expect(contents(ada)).toMatchObject([{ payload: { contentId: watchPage(2) } }]);
  });

  it('A member moves nobody where only the host controls, and is not asked.', () => {
    const ada = watchingAt(590, 'bob');
    ada.receive('room/roles', { roomId: ROOM, hostUserId: 'bob', control: 'host' });
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
    expect(canShareMyContent(ada.session)).toBe(false);
  });

  it('A host that comes back to an old tab moves nobody.', () => {
    const ada = online();
    ada.on(shows(elsewhere));
    ada.receive('watch/content', { roomId: ROOM, ...episode(1), seq: 3, fromUserId: 'bob' });
    ada.sent();
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
  });
});

describe('a tab that the party leaves behind', () => {
  it('The tab follows on the same site, at once in the middle of a video.', () => {
    const ada = watchingAt(60, 'bob');
    roomGoesOn(ada, episode(2));
    expect(ada.effectTypes()).toEqual(['go_to']);
    expect(ada.session.navigation.pending).toMatchObject({ url: watchPage(2) });
    ada.on({ type: 'page', page: null }).on(shows(episode(2), false));
    expect(ada.session.navigation.pending).not.toBeNull();
    ada.on(shows(episode(2)));
    expect(ada.session.navigation.pending).toBeNull();
    expect(contents(ada)).toEqual([]);
  });

  it('At the end of a video the site may go on by itself first.', () => {
    const ada = watchingAt(595, 'bob');
    roomGoesOn(ada, episode(2));
    expect(ada.effectTypes()).toEqual([]);
    ada.on(shows(episode(2)));
    ada.on({ type: 'timer', name: 'navigation' });
    expect(ada.effectTypes()).not.toContain('go_to');

    const late = watchingAt(595, 'bob');
    roomGoesOn(late, episode(2));
    late.on({ type: 'timer', name: 'navigation' });
    expect(late.effectTypes()).toEqual(['go_to']);
  });

  it('The tab loads no page to which its site has just gone, although its video is not there yet.', () => {
    const ada = watchingAt(595, 'bob');
    roomGoesOn(ada, episode(2));
    ada.on(shows(episode(2), false)).on({ type: 'timer', name: 'navigation' });
    expect(ada.effectTypes()).not.toContain('go_to');
    expect(ada.session.navigation.pending).toMatchObject({ navigated: true });
    ada.on(shows(episode(2)));
    expect(ada.session.navigation.pending).toBeNull();
  });

  it('The wait for the site ends when the site goes elsewhere.', () => {
    const ada = watchingAt(595, 'bob');
    roomGoesOn(ada, episode(2));
    ada.on({ type: 'page', page: null });
    expect(ada.effectTypes()).toEqual([]);
    ada.on(shows(episode(7)));
    expect(ada.effectTypes()).toEqual(['go_to']);
  });

  it.each([
    ['The tab goes to another site only if the user agrees.', elsewhere, (): void => undefined],
    [
      'The tab stays if the address is none.',
      { contentId: 'shows:2', meta: { url: 'javascript:alert(1)' } },
      (): void => undefined,
    ],
    [
      'The tab stays if the user does not want to follow.',
      episode(2),
      (ada: Driver) => void ada.on({ type: 'set_follow', followParty: false }),
    ],
    [
      'A tab that has gone elsewhere before stays.',
      episode(2),
      (ada: Driver) => void ada.on(shows(elsewhere)),
    ],
  ])('%s', (_, content, before) => {
    const ada = watchingAt(60, 'bob');
    before(ada);
    ada.effectTypes();
    roomGoesOn(ada, content);
    expect(ada.effectTypes()).not.toContain('go_to');
    expect(ada.session.navigation.pending).toBeNull();
  });

  it('The navigation ends by a timeout.', () => {
    const ada = watchingAt(60, 'bob');
    roomGoesOn(ada, episode(2));
    ada.on({ type: 'timer', name: 'navigation' });
    expect(ada.session.navigation.pending).toBeNull();
  });

  it('Of two that go on at one moment the first one counts, and nobody goes back.', () => {
    const ada = watchingAt(595, 'bob');
    ada.on(shows(episode(2)));
    expect(contents(ada)).toHaveLength(1);
    // Bob was quicker, with another episode: the server drops ours and sends his.
    roomGoesOn(ada, episode(3));
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
    expect(ada.session.playback.content?.contentId).toBe(watchPage(3));
  });
});

describe('a leader that an ad keeps from the next video', () => {
  /** Ada’s tab shows the next video; the host and another member are in the given states. */
  const arrived = (host: MemberState, other: MemberState, me: OwnMemberState = 'ready', otherId = 'cyd') => {
    const peers = ['bob', otherId].map((userId) => ({ userId, displayName: userId }));
    const driver = online({ ...joinedPayload, hostUserId: 'bob', peers });
    driver.receive('watch/content', { roomId: ROOM, ...episode(2), seq: 3, fromUserId: 'bob' });
    driver.on(shows(episode(2))).on({ type: 'report', report: { state: me } });
    const members = [
      { userId: 'bob', state: host },
      { userId: otherId, state: other },
    ];
    return driver.receive('member/states', { roomId: ROOM, members });
  };

  it('[META-3] A deputy publishes the position if its player plays.', () => {
    expect(arrived('ad', 'ready').publishEffects()).toEqual([{ type: 'publish_state', onlyPlaying: true }]);
    expect(arrived('ad', 'coming').publishEffects()).toHaveLength(1);
    expect(arrived('away', 'ad').publishEffects()).toHaveLength(1);
  });

  it('[META-3] A member that gets there only then is the deputy as well.', () => {
    const driver = arrived('ad', 'ready', 'coming');
    expect(driver.publishEffects()).toEqual([]);
    expect(driver.on({ type: 'report', report: { state: 'ready' } }).publishEffects()).toHaveLength(1);
  });

  it('[META-3] A second member, one in an ad and one while the leader is on its way publish nothing.', () => {
    expect(arrived('ad', 'ready', 'ready', 'aaron').publishEffects()).toEqual([]);
    expect(arrived('ad', 'ready', 'ad').publishEffects()).toEqual([]);
    expect(arrived('coming', 'ad').publishEffects()).toEqual([]);
    expect(arrived('ready', 'ready').publishEffects()).toEqual([]);
  });
});

describe('another cut of the same video', () => {
  it.each([
    [600, null],
    [601.9, null],
    [734, 134],
    [500, -100],
  ])('A video of %d s beside 600 s differs by %s.', (durationSec, bySec) => {
    const ada = watchingAt(60, 'bob');
    ada.on(shows(episode(1, { durationSec })));
    expect(durationDifferenceSec(ada.session)).toBe(bySec);
  });

  it('Another video, or one of unknown duration, tells no difference.', () => {
    const ada = watchingAt(60, 'bob');
    ada.on(shows(episode(2, { durationSec: 50 })));
    expect(durationDifferenceSec(ada.session)).toBeNull();
    ada.on(shows(episode(1, { durationSec: undefined })));
    expect(durationDifferenceSec(ada.session)).toBeNull();
  });

  it('A duration that counts ads in tells no difference.', () => {
    const ada = watchingAt(60, 'bob');
    ada.on(shows(episode(1, { durationSec: 734, adsInLength: true })));
    expect(durationDifferenceSec(ada.session)).toBeNull();
  });
});

it('Other members’ metadata do not make a difference.', () => {
  const facts = contentMetaOf({
    contentId: 'x',
    meta: { url: 'file:///etc/passwd', title: 7, durationSec: 'long' },
  });
  expect(facts).toEqual({});
});

describe('false metadata of another video', () => {
  const WATCH = 'https://www.youtube.com/watch?v=dQw4w9WgXcQ';
  /** Each tab shows the room’s content. */
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
  /** Half of the addresses are on the tab’s own host. */
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
  /** Half of the content ids name the address itself. */
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

  /** The room gets the same content with other metadata, then other content. */
  const goesTo = (tab: RoomContent, first: unknown, next: RoomContent) => {
    const ada = online({ ...joinedPayload, hostUserId: 'bob' });
    ada.receive('watch/content', { roomId: ROOM, ...tab, seq: 3, fromUserId: 'bob' }).on(shows(tab));
    ada.receive('watch/content', { roomId: ROOM, contentId: tab.contentId, meta: first, fromUserId: 'eve' });
    ada.receive('watch/content', { roomId: ROOM, ...next, seq: 4, fromUserId: 'eve' });
    return ada.navigations();
  };

  it('[META-4] The tab goes by itself only to the content’s own page on the site where it is.', () => {
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
    // The property is not empty: some tabs do go.
    expect(gone).toBeGreaterThan(20);
  });

  it.each([
    ['an address on another host of the site leads to the content', WATCH.replace('www.', 'm.'), WATCH],
    [
      'the tab goes to a live stream, which only its page identifies',
      WATCH,
      WATCH,
      'youtube:live/dQw4w9WgXcQ',
    ],
    [
      'the tab goes to no redirect',
      'https://www.youtube.com/redirect?q=https%3A%2F%2Fevil.example',
      undefined,
    ],
    ['an address with further parameters leads to the content alone', `${WATCH}&next=/logout`, WATCH],
    ['the tab goes to no other video than the content id says', WATCH.replace('dQw', 'xxx'), undefined],
    [
      'the tab goes to no site that only claims the name',
      'http://192.168.1.1/watch?v=dQw4w9WgXcQ',
      undefined,
    ],
  ])('On YouTube, %s.', (_, told, to, contentId = 'youtube:dQw4w9WgXcQ') => {
    const next = { contentId, meta: { url: told, site: 'youtube' } };
    expect(goesTo(TABS[1] as RoomContent, { url: told, site: 'youtube' }, next)).toEqual(
      to === undefined ? [] : [to],
    );
  });

  it('At the end of a video the tab waits for its site if the address tells nothing.', () => {
    const film = (item: string) => ({
      contentId: `jellyfin:${item}`,
      meta: { url: `https://media.example/web/#/details?id=${item}`, durationSec: 600 },
    });
    const ada = online({ ...joinedPayload, hostUserId: 'bob' });
    ada.receive('watch/content', { roomId: ROOM, ...film('ab12'), seq: 3, fromUserId: 'bob' });
    ada.receive('watch/playback_state', playback(4, { positionSec: 595, contentId: 'jellyfin:ab12' }));
    ada.on(shows(film('ab12')));
    roomGoesOn(ada, film('cd34'));
    expect(ada.session.navigation.pending).toMatchObject({ contentId: 'jellyfin:cd34', url: null });
    ada.on({ type: 'timer', name: 'navigation' });
    expect(ada.session.navigation.pending).toBeNull();
    expect(ada.navigations()).toEqual([]);
  });
});

describe('a false duration of the video', () => {
  it('A member that browses the site takes nobody along before the end.', () => {
    const ada = watchingAt(60, 'bob');
    ada.receive('watch/content', { roomId: ROOM, ...episode(1, { durationSec: 61 }), fromUserId: 'eve' });
    ada.on(shows(episode(2)));
    expect(contents(ada)).toEqual([]);
    expect(canShareMyContent(ada.session)).toBe(true);
  });

  it('The next video is not taken for a trailer.', () => {
    const ada = watchingAt(595, 'bob');
    ada.receive('watch/content', { roomId: ROOM, ...episode(1, { durationSec: 1e6 }), fromUserId: 'eve' });
    ada.on(shows(episode(2)));
    expect(contents(ada)).toMatchObject([{ payload: { contentId: watchPage(2) } }]);
  });

  it('The own metadata stay within the limit of a content, whatever others add.', () => {
    const ada = watchingAt(60);
    const bare = { ...episode(1).meta, durationSec: undefined, junk: '' };
    const junk = { ...bare, junk: 'x'.repeat(LIMITS.metaChars - JSON.stringify(bare).length) };
    ada.receive('watch/content', { roomId: ROOM, contentId: watchPage(1), meta: junk, fromUserId: 'eve' });
    ada.on(shows(episode(1)));
    expect(contents(ada)).toMatchObject([{ payload: { meta: { durationSec: 600 } } }]);
    expect(savedSession.safeParse(saveSession(ada.session, 0, 0)).success).toBe(true);
  });
});
