import { describe, expect, it } from 'vitest';
import { Frame, ONE, shows, TWO } from './support.ts';

describe('a frame that connects', () => {
  it('reports its overlay, its page and its video, and asks for the time', () => {
    const frame = new Frame();
    frame.runtime.videoFound(frame.video());
    frame.runtime.start();
    const types = frame.port.sent.map((message) => (message as { type: string }).type);
    expect(types).toEqual(['overlay', 'page', 'film', 'clock']);
  });

  it('asks for the time five times in a row, and then every five seconds', () => {
    const frame = new Frame();
    frame.runtime.start();
    for (let at = 0; at < 10; at += 1) {
      const asked = frame.port.of('clock').length;
      expect(asked).toBe(at < 5 ? 1 : 0);
      frame.answerClock();
      frame.time.pass(40);
    }
    frame.time.pass(5000);
    expect(frame.port.of('clock')).toHaveLength(1);
  });

  it('reports all anew to the next background', () => {
    const frame = new Frame().driving();
    frame.port.drop();
    frame.pass(150);
    expect(frame.ports).toHaveLength(2);
    for (const type of ['page', 'film', 'overlay', 'clock', 'status'])
      expect(frame.port.of(type), type).not.toEqual([]);
  });

  it('ends where the extension was removed under its page', () => {
    const frame = new Frame().driving();
    frame.page.removed = true;
    frame.port.drop();
    frame.time.pass(50);
    expect(frame.lifetime.signal.aborted).toBe(true);
  });

  it('reports no page from within another page', () => {
    const frame = new Frame({ isTop: false });
    frame.runtime.videoFound(frame.video());
    frame.runtime.start();
    frame.time.pass(2000);
    expect(frame.port.of('page')).toEqual([]);
  });
});

describe('a frame whose video takes part', () => {
  it('brings its player to the timeline', () => {
    const frame = new Frame().driving();
    frame.follow({ positionSec: 900, seq: 2 });
    expect(frame.player.done).toContain('seek');
    expect(frame.player.reading.positionSec).toBeCloseTo(900, 0);
  });

  it('leaves its player alone before it is told to take part, and after', () => {
    const frame = new Frame();
    frame.runtime.videoFound(frame.video());
    frame.runtime.start();
    frame.answerClock();
    frame.follow({ positionSec: 900 });
    frame.pass(1000);
    expect(frame.player.done).toEqual([]);
    frame.say({ type: 'drive', on: true, ads: [] });
    frame.say({ type: 'drive', on: false, ads: [] });
    frame.follow({ positionSec: 500 });
    frame.pass(1000);
    expect(frame.player.done).toEqual([]);
  });

  it('sends what its user does as one intent', () => {
    const frame = new Frame().driving();
    frame.input.touched(frame.time.nowMs);
    frame.player.set({ paused: true });
    frame.pass(300);
    expect(frame.port.of('intent')).toMatchObject([{ intent: { act: 'pause', playing: false } }]);
  });

  it('undoes what nobody did, and sends no intent of it', () => {
    const frame = new Frame().driving();
    frame.player.set({ paused: true });
    frame.pass(1000);
    expect(frame.port.of('intent')).toEqual([]);
    expect(frame.player.done).toContain('play');
  });

  it('takes a press in another frame of the tab for its user’s', () => {
    const frame = new Frame().driving();
    frame.say({ type: 'touched', ageMs: 5 });
    frame.player.set({ paused: true });
    frame.pass(300);
    expect(frame.port.of('intent')).toHaveLength(1);
  });

  it('follows no timeline that knows less of its user’s intents than it has sent', () => {
    const frame = new Frame().driving();
    frame.input.touched(frame.time.nowMs);
    frame.player.set({ paused: true });
    frame.pass(300);
    frame.follow({ playing: true, positionSec: frame.player.reading.positionSec }, 0);
    frame.pass(500);
    expect(frame.player.reading.paused).toBe(true);
    frame.follow({ playing: true, positionSec: frame.player.reading.positionSec }, 1);
    frame.pass(500);
    expect(frame.player.reading.paused).toBe(false);
  });

  it('reports another state at once, and figures once a second', () => {
    const frame = new Frame().driving();
    frame.pass(3000);
    expect(frame.port.of('status').length).toBeGreaterThanOrEqual(3);
    frame.port.clear();
    frame.player.set({ interruption: { kind: 'ad', leftSec: 12 } });
    frame.time.pass(100);
    expect(frame.port.of('status')).toMatchObject([
      { state: 'ad', interruption: { kind: 'ad', leftSec: 12 } },
    ]);
  });

  it('takes its player over anew when the page turns to a live stream', () => {
    const frame = new Frame().driving();
    const before = frame.source;
    frame.page.showsLive = true;
    frame.time.pass(1000);
    expect(frame.source).not.toBe(before);
  });

  it('makes its video quieter while friends speak', () => {
    const frame = new Frame().driving();
    frame.say({ type: 'duck', level: 0.3 });
    expect(frame.duckedTo).toEqual([0.3]);
  });

  it('lets its player go when it is sent away', () => {
    const frame = new Frame().driving();
    frame.say({ type: 'dismiss' });
    expect(frame.lifetime.signal.aborted).toBe(true);
    expect(frame.source).toBeNull();
    frame.player.done.length = 0;
    frame.time.pass(5000);
    expect(frame.player.done).toEqual([]);
  });
});

describe('a frame whose player is given another video', () => {
  it('follows nothing that may be meant for the one before, and asks once the page has named it', () => {
    const frame = new Frame().driving();
    frame.source?.('loadedmetadata');
    frame.player.set({ positionSec: 0 });
    frame.port.clear();
    frame.follow({ positionSec: 800, seq: 2 });
    frame.pass(1000);
    expect(frame.player.done).not.toContain('seek');
    frame.pass(600);
    expect(frame.port.of('film')).toHaveLength(1);
    frame.follow({ contentId: TWO, positionSec: 30, seq: 3 });
    expect(frame.player.reading.positionSec).toBeCloseTo(30, 0);
  });

  it('stops following at once when the page goes to another address', () => {
    const frame = new Frame().driving();
    frame.page.href = TWO;
    frame.page.identity = shows(TWO);
    frame.time.pass(100);
    frame.player.set({ positionSec: 5 });
    frame.player.done.length = 0;
    frame.pass(1000);
    expect(frame.player.done).toEqual([]);
    expect(frame.port.of('page').at(-1)).toMatchObject({ content: null });
  });

  it('tells no length of the next video of the one that the page still names', () => {
    const frame = new Frame().driving();
    frame.time.pass(2000);
    frame.port.clear();
    frame.player.set({ durationSec: 60 });
    frame.source?.('loadedmetadata');
    frame.time.pass(1000);
    expect(frame.port.of('page')).toEqual([]);
    frame.time.pass(1000);
    expect(frame.port.of('page')).toMatchObject([{ content: { contentId: ONE, durationSec: 60 } }]);
  });

  it('tells the page around that its player was given one, and how long it is', () => {
    const frame = new Frame({ isTop: false }).driving();
    frame.player.set({ durationSec: 60 });
    frame.source?.('loadedmetadata');
    expect(frame.port.of('loaded')).toEqual([{ type: 'loaded', durationSec: 60 }]);
  });

  it('reports that the video is gone, and the next one', () => {
    const frame = new Frame().driving();
    frame.runtime.videoFound(null);
    expect(frame.port.of('film')).toMatchObject([{ score: 0 }]);
    expect(frame.source).toBeNull();
    frame.runtime.videoFound(frame.video({}, 3));
    expect(frame.port.of('film')).toMatchObject([{ score: 0 }, { score: 3 }]);
    expect(frame.source).not.toBeNull();
  });
});

describe('the overlay of a frame', () => {
  it('is shown and taken away, and each change is reported with its secret', () => {
    const frame = new Frame();
    frame.runtime.start();
    frame.port.clear();
    frame.say({ type: 'overlay', on: true });
    frame.say({ type: 'overlay', on: true });
    frame.say({ type: 'overlay', on: false });
    expect(frame.port.of('overlay')).toEqual([
      { type: 'overlay', secret: 'secret' },
      { type: 'overlay', secret: null },
    ]);
  });

  it('is told of keys and of the pointer in frames within', () => {
    const frame = new Frame();
    frame.runtime.start();
    frame.say({ type: 'overlay_act', act: 'chat' });
    frame.say({ type: 'stirred', at: null });
    expect(frame.overlay.acts).toEqual(['chat', 'stirred']);
  });
});

it('remembers where ads were seen in its stream before its page was loaded anew', () => {
  const frame = new Frame();
  let seen: unknown = null;
  const video = frame.video();
  frame.runtime.videoFound({
    ...video,
    adapter: (clock) => {
      seen = clock.seenAds.read();
      clock.seenAds.write([]);
      return frame.player;
    },
  });
  frame.runtime.start();
  const ads = [{ startElementSec: 10, lengthSec: 20 }];
  frame.say({ type: 'drive', on: true, ads });
  expect(seen).toEqual(ads);
  expect(frame.port.of('ads')).toEqual([{ type: 'ads', breaks: [] }]);
});
