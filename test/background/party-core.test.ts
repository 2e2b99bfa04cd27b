import { describe, expect, it } from 'vitest';
import type { SavedSession } from '../../src/party/index.ts';
import { start } from '../party/support.ts';
import { FakePort } from '../support/fake-port.ts';
import { aCore, FILM_URL, settled, TAB, watching } from './core-support.ts';

const intent = { act: 'pause' as const, playing: false, positionSec: 61, rate: 1, atServerMs: 5_001_000 };
const status = {
  type: 'status' as const,
  ...{ state: 'ready' as const, driftMs: 1.234, boundMs: 2, interruption: null },
  ...{ resists: false, silenced: false },
};
const problems = ({ core }: { core: ReturnType<typeof aCore>['core'] }) => core.view().party?.problems ?? [];
const me = ({ core }: { core: ReturnType<typeof aCore>['core'] }) =>
  core.view().party?.members.find(({ isMe }) => isMe)?.report.state;

describe('a party that begins', () => {
  it('puts the player script into its tab, shows the overlay and connects', async () => {
    const made = aCore();
    const frame = made.frame();
    made.core.begin(start, null);
    await settled();
    expect(made.tabs.injectPlayer).toHaveBeenCalledWith(TAB, null);
    expect(frame.told('overlay').at(-1)).toEqual({ type: 'overlay', on: true });
    expect(made.sockets).toHaveLength(1);
    expect(made.partyChanged).toHaveBeenCalledExactlyOnceWith(true);
  });

  it('says that its site is closed to us, and sends the scripts away', async () => {
    const made = aCore();
    made.state.permitted = false;
    await settled();
    made.core.begin(start, null);
    const frame = made.frame();
    await settled();
    expect(problems(made)).toContain('site_not_permitted');
    expect(frame.told('dismiss')).toHaveLength(1);
  });

  it('is let in after its user has allowed the site', async () => {
    const made = aCore();
    made.state.permitted = false;
    made.core.begin(start, null);
    await settled();
    made.state.permitted = true;
    made.core.permissionsChanged();
    await settled();
    expect(problems(made)).not.toContain('site_not_permitted');
  });
});

describe('the frame that takes part', () => {
  it('is told what to follow', async () => {
    const { film } = await watching();
    expect(film.told('timeline').at(-1)).toMatchObject({
      timeline: { contentId: FILM_URL, seq: 4, positionSec: 60 },
      intentsSeen: 0,
    });
  });

  it('is told nothing twice', async () => {
    const { film, core } = await watching();
    film.port.clear();
    core.tab.tellPlayer();
    core.tab.tellPlayer();
    expect(film.port.sent).toEqual([]);
  });

  it('has its intents sent to the room, and is told once that each was seen', async () => {
    const { film, socket } = await watching();
    film.port.clear();
    film.say({ type: 'intent', intent });
    expect(socket().of('watch/playback_state')).toMatchObject([{ payload: { act: 'pause' } }]);
    expect(film.told('timeline')).toMatchObject([{ intentsSeen: 1, timeline: { playing: false } }]);
  });

  it('is told that its intent was seen where it came to nothing', async () => {
    const { film, socket, core } = await watching('host');
    film.port.clear();
    film.say({ type: 'intent', intent });
    expect(socket().of('watch/playback_state')).toEqual([]);
    expect(film.told('timeline')).toMatchObject([{ intentsSeen: 1, timeline: { playing: true } }]);
    expect(problems({ core })).toContain('not_allowed');
  });

  it('is the only one whose intents and figures count', async () => {
    const made = await watching();
    const other = made.frame(1);
    other.say({ type: 'intent', intent });
    other.say({ ...status, state: 'ad' });
    other.say({ type: 'prepared', seq: 4 });
    expect(made.socket().of('watch/playback_state')).toEqual([]);
    expect(made.socket().of('watch/ready')).toEqual([]);
    expect(me(made)).not.toBe('ad');
  });

  it('is told all anew after its page went on', async () => {
    const { film } = await watching();
    film.port.clear();
    film.say({ type: 'page', kind: 'film', content: { contentId: FILM_URL, url: FILM_URL } });
    expect(film.told('timeline')).toHaveLength(1);
  });

  it('has its state and its figures told, rounded', async () => {
    const made = await watching();
    made.film.say(status);
    expect(made.core.view().party?.members[0]?.report).toMatchObject({ state: 'ready', driftMs: 1.23 });
  });

  it('has the end of its ad told on the server’s clock', async () => {
    const made = await watching();
    made.film.say({ ...status, state: 'ad', interruption: { kind: 'ad', leftSec: 30 } });
    expect(made.core.view().party?.members[0]?.report.adEndsAtMs).toBeGreaterThan(5_000_000);
  });

  it('is away while its tab shows something else', async () => {
    const made = await watching();
    made.film.shows('https://elsewhere.example/');
    made.film.say(status);
    expect(me(made)).toBe('away');
  });

  it('has no video while its page has none', async () => {
    const made = await watching();
    made.film.say({ type: 'film', score: 0, durationSec: null, unrecognised: false });
    expect(me(made)).toBe('no_video');
  });

  it('is away once its script is gone', async () => {
    const made = await watching();
    made.film.port.drop();
    expect(me(made)).toBe('away');
  });

  it('is answered its question for the time, with what is known of the server’s', async () => {
    const { film } = await watching();
    film.port.clear();
    film.say({ type: 'clock', t1Ms: 5 });
    expect(film.told('clock')).toMatchObject([
      { t1Ms: 5, server: { boundMs: expect.any(Number) as number } },
    ]);
  });
});

describe('a video in a frame of the page', () => {
  const embedded = async () => {
    const made = await watching();
    made.film.say({ type: 'film', score: 0, durationSec: null, unrecognised: false });
    const frame = made.frame(1);
    frame.say({ type: 'film', score: 1, durationSec: 100, unrecognised: false });
    made.film.say({
      type: 'page',
      kind: 'film',
      content: { contentId: FILM_URL, url: FILM_URL },
    });
    return { ...made, inner: frame };
  };

  it('takes part, and its page names it', async () => {
    const made = await embedded();
    made.inner.say(status);
    expect(me(made)).toBe('ready');
    made.inner.say({ type: 'intent', intent });
    expect(made.socket().of('watch/playback_state')).toHaveLength(1);
  });

  it('is not taken for the next one that its page names before it is there', async () => {
    const made = await embedded();
    made.time.pass(10_000);
    const url = 'https://films.example/two';
    made.film.say({ type: 'page', kind: 'film', content: { contentId: url, url } });
    made.inner.say(status);
    expect(made.socket().of('watch/set_content')).toEqual([]);
    made.inner.say({ type: 'loaded', durationSec: 7000 });
    made.inner.say(status);
    expect(me(made)).toBe('away');
  });
});

describe('other tabs', () => {
  it('take no part, and lose the scripts that were only put in to look', async () => {
    const made = await watching();
    const other = made.frame(0, TAB + 1);
    await settled();
    expect(other.told('dismiss')).toHaveLength(1);
    other.say({ type: 'intent', intent });
    expect(made.socket().of('watch/playback_state')).toEqual([]);
  });

  it('keep them while somebody looks', async () => {
    const made = await watching();
    made.state.probing = true;
    const other = made.frame(0, TAB + 1);
    await settled();
    expect(other.told('dismiss')).toEqual([]);
  });

  it('are answered their question for the time, since they may take part a moment later', async () => {
    const made = await watching();
    made.state.probing = true;
    const other = made.frame(0, TAB + 1);
    other.say({ type: 'clock', t1Ms: 5 });
    expect(other.told('clock')).toHaveLength(1);
  });

  it('are shown no overlay while somebody looks', async () => {
    const made = await watching();
    made.state.probing = true;
    const other = made.frame(0, TAB + 1);
    other.shows();
    expect(other.told('overlay')).toEqual([]);
  });
});

describe('the tab of the party', () => {
  it('gets the script again when its page is loaded anew, the overlay first where there is a call', async () => {
    const made = await watching();
    made.core.call.admitPanel(new FakePort('call'));
    await settled();
    const call = new FakePort('call');
    made.core.call.admit(call, TAB);
    made.film.port.drop();
    made.tabs.injectPlayer.mockClear();
    made.core.tabUpdated(TAB, true, FILM_URL);
    await settled();
    expect(made.tabs.isPermitted).toHaveBeenLastCalledWith(TAB, FILM_URL);
    expect(made.tabs.injectPlayer).toHaveBeenCalledExactlyOnceWith(TAB, { overlay: false });
  });

  it('is forgotten when it is closed, and that is said', async () => {
    const made = await watching();
    made.core.tabRemoved(TAB);
    await settled();
    expect(problems(made)).toContain('tab_gone');
    expect(made.core.tabId).toBeNull();
  });

  it('is another one when its user takes part there, and the one before is let go', async () => {
    const made = await watching();
    made.film.port.clear();
    await made.core.command({ type: 'use_tab', tabId: TAB + 1 });
    expect(made.core.tabId).toBe(TAB + 1);
    expect(made.film.told('dismiss')).toHaveLength(1);
    await settled();
    expect(made.tabs.injectPlayer).toHaveBeenLastCalledWith(TAB + 1, null);
  });

  it('other tabs may load and close as they like', async () => {
    const made = await watching();
    made.tabs.injectPlayer.mockClear();
    made.core.tabUpdated(TAB + 1, true, FILM_URL);
    made.core.tabRemoved(TAB + 1);
    await settled();
    expect(made.tabs.injectPlayer).not.toHaveBeenCalled();
    expect(made.core.tabId).toBe(TAB);
  });
});

describe('a background that was started again', () => {
  const saved = async (): Promise<SavedSession> => {
    const made = await watching();
    made.time.pass(1000);
    const last = made.stored.at(-1);
    if (!last) throw new Error('nothing was stored');
    return structuredClone(last);
  };

  it('takes its party up, looks into its tab and connects', async () => {
    const made = aCore(await saved());
    await settled();
    expect(made.core.tabId).toBe(TAB);
    expect(made.tabs.injectPlayer).toHaveBeenCalledWith(TAB, null);
    expect(made.sockets).toHaveLength(1);
  });

  it('notices that its tab was closed meanwhile', async () => {
    const made = aCore(await saved());
    made.state.exists = false;
    await settled();
    await settled();
    expect(made.core.tabId).toBeNull();
  });

  it('keeps the scripts that connect before it knows its party', async () => {
    const made = aCore(await saved());
    const frame = made.frame();
    await settled();
    expect(frame.told('dismiss')).toEqual([]);
  });
});

describe('what a page of the extension asks', () => {
  it('is stored at once: the background may die the next moment', async () => {
    const made = await watching();
    await made.core.command({ type: 'send_chat', id: 'first', text: 'hello' });
    // Within the tenth of a second after that, nothing else would be stored.
    await made.core.command({ type: 'send_chat', id: 'second', text: 'hello' });
    expect(JSON.stringify(made.stored.at(-1))).toContain('second');
  });

  it('is shown at once, and what others do a tenth of a second later at most', async () => {
    const made = await watching();
    const page = new FakePort('view');
    made.core.viewConnected(page);
    await settled();
    made.time.pass(1000);
    page.clear();
    await made.core.command({ type: 'set_offset', offsetMs: 200 });
    expect(page.sent.at(-1)).toMatchObject({ party: { offsetMs: 200 } });
  });

  it('of leaving ends all: the socket, the tab’s scripts, what is stored', async () => {
    const made = await watching();
    const before = made.socket();
    await made.core.command({ type: 'leave' });
    expect(before.of('room/leave')).toHaveLength(1);
    expect(before.readyState).toBe(WebSocket.CLOSED);
    expect(made.film.told('dismiss')).toHaveLength(1);
    expect(made.stored.at(-1)).toBeNull();
    expect(made.core.view().party).toBeNull();
    expect(made.partyChanged).toHaveBeenLastCalledWith(false);
  });

  it('of the room’s moment is told to the player', async () => {
    const made = await watching();
    await made.core.command({ type: 'resync' });
    expect(made.film.told('resync')).toHaveLength(1);
  });

  it('of the overlay is told to the page, and what pages ask by themselves is no act', async () => {
    const made = await watching();
    await made.core.command({ type: 'show_overlay', on: false });
    expect(made.film.told('overlay').at(-1)).toEqual({ type: 'overlay', on: false });
    const page = new FakePort('view');
    made.core.viewConnected(page);
    await settled();
    const { acts } = page.sent.at(-1) as { acts: number };
    await made.core.command({ type: 'seen' });
    await made.core.command({ type: 'drift_log' });
    made.time.pass(1000);
    expect(page.sent.at(-1)).toMatchObject({ acts });
  });
});

describe('the icon', () => {
  it('says that something is wrong, and how much was said that nobody has seen', async () => {
    const made = await watching();
    made.time.pass(1000);
    expect(made.badges.at(-1)).toEqual({ hasProblem: false, unread: 0 });
    made.socket().told('chat/message', {
      roomId: start.roomId,
      from: { userId: 'bob', displayName: 'Bob' },
      text: 'hello',
      tsMs: 1,
      id: 'b1',
    });
    made.time.pass(1000);
    expect(made.badges.at(-1)).toEqual({ hasProblem: false, unread: 1 });
    await made.core.command({ type: 'seen' });
    expect(made.badges.at(-1)?.unread).toBe(0);
    made.core.tabRemoved(TAB);
    await settled();
    made.time.pass(1000);
    expect(made.badges.at(-1)?.hasProblem).toBe(true);
  });
});

describe('a key of the browser', () => {
  it('shows the overlay for what is meant for it', async () => {
    const made = await watching();
    await made.core.command({ type: 'show_overlay', on: false });
    made.core.shortcut('chat');
    await settled();
    expect(made.film.told('overlay').at(-1)).toEqual({ type: 'overlay', on: true });
    expect(made.film.told('overlay_act')).toEqual([{ type: 'overlay_act', act: 'chat' }]);
  });

  it('for the microphone goes to the page that holds the call', async () => {
    const made = await watching();
    const page = new FakePort('call');
    made.core.call.admit(page, TAB);
    made.core.shortcut('microphone');
    await settled();
    expect(page.of('toggle_microphone')).toHaveLength(1);
  });
});
