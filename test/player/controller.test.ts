import { describe, expect, it } from 'vitest';
import { room, Screen } from './support.ts';

it('a page that goes on has left what was followed: the next film is not sought to the place of the last', async () => {
  const screen = await new Screen().pass(1000);
  screen.controller.pageWent();
  screen.change('position', { positionSec: 0 }, false);
  await screen.pass(2000);
  expect(screen.did()).toEqual([]);
  expect(screen.intents).toEqual([]);
});

it('plays on where its site has lost the order to, with the source that it was given to', async () => {
  const screen = new Screen(null);
  screen.player.set({ paused: true, positionSec: 0 });
  screen.controller.follow(room, 0);
  expect(screen.did()).toEqual(['seek', 'play']);
  // Not even metadata, as long as no clock ticks; then a new source that stands.
  screen.change('other', { attached: false, paused: true }, false);
  screen.change('other', { attached: true, settled: false }, false);
  await screen.pass(700);
  expect(screen.did()).toEqual(['play']);
  screen.player.set({ settled: true });
  await screen.pass(1000);
  expect(screen.controller.status()).toMatchObject({ state: 'ready', resists: false });
  expect(screen.player.reading.paused).toBe(false);
});

describe('what a person does to the player', () => {
  it('is told at once, and not undone before the server has heard of it', async () => {
    const screen = await new Screen().pass(1000);
    screen.change('playing', { paused: true }, true);
    expect(screen.intents).toMatchObject([{ act: 'pause', playing: false, atServerMs: 1000 }]);
    screen.controller.follow(room, 0);
    await screen.pass(2000);
    expect(screen.did()).toEqual([]);
    screen.controller.follow({ ...room, seq: 4 }, 1);
    expect(screen.did()).toEqual(expect.arrayContaining(['play']));
  });

  it('is seen even before its event, so that no correction undoes it', () => {
    const screen = new Screen();
    screen.controller.tick();
    screen.input.touched(0);
    screen.player.set({ paused: true });
    screen.controller.tick();
    expect(screen.did()).toEqual([]);
    expect(screen.intents).toMatchObject([{ act: 'pause' }]);
  });

  it('is seen where a jump gives the player another source, whose place is known only later', async () => {
    const screen = await new Screen().pass(1000);
    // Where a jump of the site's led is unknown as well when the person makes theirs.
    screen.change('position', { settled: false }, false);
    await screen.pass(300);
    screen.input.touched(screen.nowMs);
    await screen.pass(300);
    expect(screen.intents).toEqual([]);
    screen.player.set({ positionSec: 900, settled: true });
    await screen.pass(1500);
    expect(screen.intents).toMatchObject([{ act: 'seek', playing: true }]);
    expect(screen.intents[0]?.positionSec).toBeCloseTo(900, 0);
    expect(screen.did()).not.toContain('seek');
  });

  it('at what may be the next film is told once it is known to be this one', async () => {
    const screen = await new Screen().pass(1000);
    screen.input.touched(screen.nowMs);
    expect(screen.controller.explainsSource()).toBe(false);
    screen.controller.awaitContentId();
    screen.change('position', { positionSec: 900 }, false);
    await screen.pass(1500);
    expect(screen.did()).toEqual([]);
    expect(screen.intents).toEqual([]);
    screen.controller.follow(room, 0);
    await screen.pass(500);
    expect(screen.intents).toMatchObject([{ act: 'seek' }]);
  });

  it('at what is the next film is no act on the last', async () => {
    const screen = await new Screen().pass(1000);
    screen.input.touched(screen.nowMs);
    screen.controller.awaitContentId();
    screen.change('position', { positionSec: 0 }, false);
    await screen.pass(1500);
    screen.controller.follow({ ...room, contentId: 'the next', positionSec: 0 }, 0);
    await screen.pass(500);
    expect(screen.intents).toEqual([]);
  });

  it('is not what their site does when they press play: it takes a newcomer to where they left off', async () => {
    const screen = new Screen(null);
    screen.player.set({ paused: true, positionSec: 0, settled: false });
    await screen.pass(300);
    screen.input.touched(screen.nowMs);
    screen.controller.follow(room, 0);
    screen.change('playing', { paused: false }, false);
    await screen.pass(200);
    screen.change('position', { positionSec: 1200, settled: true }, false);
    await screen.pass(1000);
    expect(screen.intents).toEqual([]);
    expect(screen.player.reading.positionSec).toBeCloseTo(101.5, 0);
  });

  it('is seen in a speed, too, before a correction writes over it', async () => {
    const screen = await new Screen().pass(500);
    screen.input.touched(screen.nowMs);
    screen.player.set({ rate: 1.5, positionSec: 100.6 });
    screen.controller.tick();
    expect(screen.did()).toEqual([]);
    expect(screen.intents).toMatchObject([{ act: 'rate', rate: 1.5 }]);
  });

  it('is one also that goes back to the speed which the extension had set before', async () => {
    const screen = await new Screen().pass(500);
    screen.player.set({ rate: 1.25 });
    screen.controller.tick();
    expect(screen.player.reading.rate).toBe(1);
    screen.did();
    screen.change('rate', { rate: 1.5 }, true);
    await screen.pass(1000);
    expect(screen.did()).toEqual([]);
    screen.change('rate', { rate: 1 }, true);
    expect(screen.intents).toMatchObject([{ rate: 1.5 }, { act: 'rate', rate: 1 }]);
  });

  it('moves the room only in what was touched, where an ad holds the player back', async () => {
    const screen = new Screen();
    screen.player.refuses = 'all';
    screen.player.set({ paused: true });
    await screen.pass(3000);
    screen.change('rate', { rate: 1.5, positionSec: 40 }, true);
    expect(screen.intents).toMatchObject([{ act: 'rate', playing: true, rate: 1.5 }]);
    expect(screen.intents[0]?.positionSec).toBeGreaterThan(100);
  });

  it('seeks the room without pausing it, where the browser holds the player back', async () => {
    const screen = new Screen();
    screen.player.refuses = 'all';
    screen.player.set({ paused: true });
    await screen.pass(1000);
    screen.change('position', { positionSec: 900 }, true);
    expect(screen.intents).toMatchObject([{ act: 'seek', playing: true, positionSec: 900 }]);
  });

  it('keeps the room’s speed, where the site has no other than its own', async () => {
    const screen = new Screen({ ...room, rate: 1.5 });
    screen.player.can = { rate: false, seekToleranceSec: 0.1, seekEveryMs: 0 };
    screen.player.set({ rate: 1 });
    await screen.pass(100);
    screen.change('playing', { paused: true }, true);
    expect(screen.intents).toMatchObject([{ act: 'pause', rate: 1.5 }]);
  });

  it('does not cost the fine control, however many speeds are tried', async () => {
    const screen = await new Screen().pass(500);
    screen.player.set({ positionSec: 100.52 });
    await screen.pass(500);
    for (const rate of [1.25, 1.5, 1.75, 1]) {
      screen.change('rate', { rate }, true);
      await screen.pass(200);
    }
    screen.did();
    screen.player.set({ positionSec: screen.player.reading.positionSec + 0.05 });
    await screen.pass(1000);
    expect(screen.did()).toContain('rate');
  });
});

describe('what a site does to the player', () => {
  it('is undone and never told', async () => {
    const screen = await new Screen().pass(1000);
    screen.change('playing', { paused: true }, false);
    expect(screen.did()).toEqual([]);
    await screen.pass(500);
    expect(screen.did()).toContain('play');
    expect(screen.intents).toEqual([]);
  });

  it('is left alone for ten seconds after the third time, and told as blocked', async () => {
    const screen = await new Screen().pass(1000);
    for (let time = 0; time < 3; time++) {
      screen.change('playing', { paused: true }, false);
      await screen.pass(700);
    }
    screen.did();
    expect(screen.controller.status()).toMatchObject({ state: 'blocked', resists: true });
    await screen.pass(8000);
    expect(screen.did()).toEqual([]);
    await screen.pass(3000);
    expect(screen.did()).toContain('play');
    expect(screen.controller.status()).toMatchObject({ state: 'ready', resists: false });
  });

  it('by jumps is undone at once, though we have just jumped ourselves, until it proves a habit', async () => {
    const screen = await new Screen().pass(1000);
    const jumps: boolean[] = [];
    for (let time = 0; time < 5; time++) {
      screen.change('position', { positionSec: 5 }, false);
      await screen.pass(300);
      jumps.push(screen.did().includes('seek'));
    }
    expect(jumps).toEqual([true, true, true, false, false]);
    expect(screen.intents).toEqual([]);
  });

  it('by a jump is undone at once also where that comes before ours has arrived', async () => {
    const screen = await new Screen().pass(1000);
    // As if the site had held it for so long.
    screen.player.set({ positionSec: 100.5 });
    await screen.pass(100);
    expect(screen.did()).toContain('seek');
    screen.change('position', { seeking: true }, false);
    screen.change('position', { seeking: true, positionSec: 5 }, false);
    screen.change('position', { seeking: false }, false);
    await screen.pass(500);
    expect(screen.did()).toContain('seek');
    expect(screen.player.reading.positionSec).toBeCloseTo(101.6, 0);
  });

  it('with the speed is undone again after ten seconds', async () => {
    const screen = await new Screen().pass(500);
    screen.player.set({ positionSec: 100.52 });
    await screen.pass(200);
    for (let time = 0; time < 3; time++) screen.change('rate', { rate: 1.5 }, false);
    await screen.pass(300);
    screen.did();
    await screen.pass(5000);
    expect(screen.did()).not.toContain('rate');
    await screen.pass(6000);
    expect(screen.did()).toContain('rate');
  });
});

describe('a browser that refuses to start', () => {
  it('the sound, plays without it until the person touches the page', async () => {
    const screen = new Screen();
    screen.player.refuses = 'sound';
    screen.player.set({ paused: true });
    await screen.pass(300);
    expect(screen.did()).toEqual(expect.arrayContaining(['play', 'playMuted']));
    expect(screen.controller.status()).toMatchObject({ state: 'ready', silenced: true });
    screen.touched = true;
    await screen.pass(100);
    expect(screen.did()).toEqual(['unmute']);
    expect(screen.controller.status().silenced).toBe(false);
  });

  it('at all, is told as blocked without a break, and asked again every two seconds', async () => {
    const screen = new Screen();
    screen.player.refuses = 'all';
    screen.player.set({ paused: true });
    for (let at = 0; at < 100; at++) {
      await screen.pass(100);
      screen.player.set({ positionSec: 100 + screen.nowMs / 1000 });
    }
    expect(new Set(screen.states.slice(8))).toEqual(new Set(['blocked']));
    const tries = screen.did().filter((what) => what === 'play').length;
    expect(tries).toBeGreaterThanOrEqual(4);
    expect(tries).toBeLessThanOrEqual(6);
  });
});

describe('a player that waits for data', () => {
  it('is told after 300 ms, and not before', async () => {
    const screen = await new Screen().pass(100);
    screen.player.set({ ready: false });
    await screen.pass(300);
    expect(screen.controller.status().state).toBe('ready');
    await screen.pass(200);
    expect(screen.controller.status().state).toBe('buffering');
    screen.player.set({ seeking: true });
    expect(screen.controller.status().state).toBe('seeking');
  });
});

it('without the server’s time nothing is done, and an offer waits for it', () => {
  const screen = new Screen(null);
  screen.serverKnown = false;
  screen.controller.offer({ onlyPlaying: false });
  expect(screen.intents).toEqual([]);
  screen.serverKnown = true;
  screen.controller.tick();
  expect(screen.intents).toMatchObject([{ playing: true, positionSec: 100, rate: 1 }]);
  expect(screen.intents[0]?.act).toBeUndefined();
});

it('a player taken out of its page is nobody’s act, even under the hand', async () => {
  const screen = await new Screen().pass(100);
  screen.change('playing', { attached: false, paused: true, positionSec: 0 }, true);
  await screen.pass(500);
  expect(screen.intents).toEqual([]);
  expect(screen.did()).toEqual([]);
});

describe('while the site shows an ad', () => {
  const ad = { kind: 'ad', leftSec: 15 } as const;
  /** The ad's own clock and length, as a site shows them that plays it in the film's element. */
  const inAd = { interruption: ad, positionSec: 3, durationSec: 15 };

  it('nothing is corrected, nothing is told as an act, and the others learn of it', async () => {
    const screen = await new Screen().pass(1000);
    screen.did();
    screen.change('position', inAd, true);
    screen.change('playing', { paused: true }, true);
    screen.change('rate', { rate: 2 }, true);
    await screen.pass(3000);
    expect(screen.did()).toEqual([]);
    expect(screen.intents).toEqual([]);
    expect(screen.controller.status()).toMatchObject({ state: 'ad', driftMs: null, interruption: ad });
  });

  it('the hand that skips it did not seek in the film, and the player rejoins the room', async () => {
    const screen = await new Screen().pass(1000);
    screen.change('position', inAd, false);
    await screen.pass(5000);
    screen.did();
    screen.input.pressed(screen.nowMs);
    screen.input.released(screen.nowMs);
    screen.change('position', { interruption: null, positionSec: 101, durationSec: 7200 }, false);
    screen.change('position', { positionSec: 101 }, false);
    await screen.pass(300);
    expect(screen.intents).toEqual([]);
    expect(screen.did()).toContain('seek');
    expect(screen.player.reading.positionSec).toBeCloseTo(106, 0);
  });

  it('a film that is offered to the room is not offered as where its ad stands', async () => {
    const screen = new Screen(null);
    screen.player.set(inAd);
    screen.controller.offer({ onlyPlaying: false });
    await screen.pass(1000);
    expect(screen.intents).toEqual([]);
    screen.player.set({ interruption: null, positionSec: 0, durationSec: 7200 });
    await screen.pass(100);
    expect(screen.intents).toHaveLength(1);
  });
});

it('a site that takes many jumps amiss gets few, however often the room jumps', async () => {
  const screen = new Screen();
  screen.player.can = { rate: true, seekToleranceSec: 0, seekEveryMs: 1000 };
  for (let seq = 4; seq < 44; seq += 1) {
    screen.controller.follow({ ...room, seq, positionSec: 100 * seq, atServerMs: screen.nowMs }, 0);
    await screen.pass(200);
  }
  expect(screen.did().filter((what) => what === 'seek').length).toBeLessThanOrEqual(8);
  await screen.pass(4000);
  expect(screen.player.reading.positionSec).toBeCloseTo(4300 + 4.2, 0);
});

it('a film that is told only if it plays waits for that, and for nothing once the room has a state', async () => {
  const screen = new Screen(null);
  screen.player.set({ paused: true });
  screen.controller.offer({ onlyPlaying: true });
  await screen.pass(1000);
  expect(screen.intents).toEqual([]);
  screen.player.set({ paused: false });
  await screen.pass(200);
  expect(screen.intents).toMatchObject([{ playing: true }]);

  const late = new Screen(null);
  late.player.set({ paused: true });
  late.controller.offer({ onlyPlaying: true });
  late.controller.follow(room, 0);
  await late.pass(1000);
  expect(late.intents).toEqual([]);
});

it('no jump of ours comes upon a hand where only jumps are left: one that it has made may not be seen yet', async () => {
  const screen = new Screen();
  screen.player.can = { rate: false, seekToleranceSec: 0.05, seekEveryMs: 0 };
  await screen.pass(300);
  screen.input.touched(screen.nowMs);
  screen.player.set({ positionSec: screen.player.reading.positionSec - 0.2 });
  await screen.pass(400);
  expect(screen.did()).not.toContain('seek');
  await screen.pass(200);
  expect(screen.did()).toContain('seek');
});

it('stands until the room is there when it is ahead where only jumps are left, and that is nobody’s act', async () => {
  const screen = new Screen();
  screen.player.can = { rate: false, seekToleranceSec: 0.05, seekEveryMs: 0 };
  await screen.pass(300);
  for (let time = 0; time < 4; time++) {
    screen.player.set({ positionSec: screen.player.reading.positionSec + 0.3 });
    await screen.pass(100);
    expect(screen.player.reading.paused).toBe(true);
    screen.controller.changed('playing');
    expect(screen.wakesInMs).toBeGreaterThan(150);
    await screen.pass(400);
    expect(screen.did()).toEqual(['pause', 'play']);
    expect(screen.controller.status()).toMatchObject({ state: 'ready', resists: false });
    await screen.pass(2000);
    expect(Math.abs(screen.controller.status().driftMs ?? Infinity)).toBeLessThan(50);
  }
  expect(screen.intents).toEqual([]);
});
