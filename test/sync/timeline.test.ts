import { describe, expect, it } from 'vitest';
import { rebaseTo, applyIntent, positionAt, type RoomIntent, type Timeline } from '../../src/sync/index.ts';

const playing: Timeline = {
  contentId: 'film',
  playing: true,
  rate: 1.5,
  positionSec: 10,
  atServerMs: 1000,
  seq: 4,
};
const paused: Timeline = { ...playing, playing: false };
const intent = (extra: Partial<RoomIntent>): RoomIntent => ({
  contentId: 'film',
  playing: false,
  rate: 1,
  positionSec: 77,
  atServerMs: 3000,
  baseSeq: 3,
  ...extra,
});

describe('the position of a timeline', () => {
  it('The position moves at the rate while the video plays.', () =>
    expect(positionAt(playing, 3000)).toBe(13));
  it('The position stays while the video is paused.', () => expect(positionAt(paused, 3000)).toBe(10));
  it('The position stays until the start, which may lie ahead.', () => {
    expect(positionAt(playing, -100_000)).toBe(10);
    expect(positionAt(playing, 999)).toBe(10);
  });
  it('The position stays while the timeline is held, however long.', () => {
    const held: Timeline = { ...playing, held: true };
    expect(positionAt(held, 100_000)).toBe(10);
    expect(rebaseTo(held, 100_000)).toMatchObject({ positionSec: 10, held: true });
  });
  it('Rebasing keeps the moment of a start that lies ahead.', () =>
    expect(rebaseTo(playing, -500)).toEqual(playing));

  it.each([1000, 2500, 9000])('A timeline rebased to %d ms is the same motion.', (atMs) => {
    const moved = rebaseTo(playing, atMs);
    expect(moved.atServerMs).toBe(atMs);
    for (const laterMs of [0, 10_000, 3_600_000]) {
      expect(positionAt(moved, atMs + laterMs)).toBeCloseTo(positionAt(playing, atMs + laterMs), 6);
    }
  });
});

describe('[TL-3] an act on what the room shows', () => {
  it.each([
    ['the latest seq', intent({ baseSeq: 4, act: 'seek' })],
    ['no act, as from plain v1', intent({})],
    ['no baseSeq', { ...intent({ act: 'pause' }), baseSeq: undefined }],
  ])('The act replaces the whole timeline (%s).', (_, { baseSeq, ...rest }) => {
    const next = applyIntent(playing, { ...rest, ...(baseSeq !== undefined && { baseSeq }) }, 5);
    expect(next).toEqual({
      contentId: 'film',
      playing: false,
      rate: 1,
      positionSec: 77,
      atServerMs: 3000,
      seq: 5,
    });
  });

  it('The first act makes a room’s timeline, whatever it was based on.', () => {
    expect(applyIntent(null, intent({ act: 'rate' }), 1)?.positionSec).toBe(77);
  });
});

describe('[TL-4] an act made at the same moment as another', () => {
  const now = { ...playing, positionSec: 13, atServerMs: 3000, seq: 5 };
  it.each([
    ['pause', playing, { ...now, playing: false }],
    ['play', paused, { ...now, positionSec: 10, playing: true }],
    ['seek', playing, { ...now, positionSec: 77 }],
    ['rate', playing, { ...now, rate: 1 }],
  ] as const)('A late %s changes only the field that it names.', (act, current, expected) => {
    expect(applyIntent(current, intent({ act }), 5)).toEqual(expected);
  });

  it('Both acts count, in either order of arrival.', () => {
    const seek = intent({ act: 'seek', playing: true, rate: 1.5 });
    const rate = intent({ act: 'rate', playing: true, rate: 2 });
    const both = [
      [seek, rate],
      [rate, seek],
    ].map((acts) => acts.reduce<Timeline | null>((line, act, at) => applyIntent(line, act, 5 + at), playing));
    expect(both[0]).toEqual(both[1]);
    expect(both[0]).toMatchObject({ positionSec: 77, rate: 2, playing: true });
  });

  it('[TL-6] An act on content that the room has left changes nothing.', () => {
    expect(applyIntent(playing, intent({ act: 'seek', contentId: 'other' }), 5)).toBeNull();
  });
});
