import { describe, expect, it } from 'vitest';
import { field } from '../../src/protocol/index.ts';
import {
  holdTimeline,
  canGetReady,
  isStalled,
  isStart,
  releaseTimeline,
  positionAt,
  startAtMs,
  type Timeline,
} from '../../src/sync/index.ts';

const playing: Timeline = {
  contentId: 'film',
  playing: true,
  rate: 2,
  positionSec: 10,
  atServerMs: 1000,
  seq: 4,
};
const paused = { ...playing, playing: false };

describe('which states can take part', () => {
  it('[HOLD-1] [HOLD-10] Each state can get ready, is stalled, both or neither.', () => {
    const states = field.memberState.options;
    expect(states.filter(canGetReady)).toEqual(['ready', 'buffering', 'seeking', 'hidden']);
    expect(states.filter(isStalled)).toEqual(['buffering', 'seeking', 'ad']);
  });
});

describe('[HOLD-1] what starts the video', () => {
  it.each([
    ['play on a paused film', paused, playing, 'play', true],
    ['play in a room without timeline', null, playing, 'play', true],
    ['play on a film that plays', playing, playing, 'play', false],
    ['a seek in a film that plays', playing, playing, 'seek', true],
    ['a seek in a paused film', paused, paused, 'seek', false],
    ['a pause', playing, paused, 'pause', false],
    ['another rate', playing, playing, 'rate', false],
    ['another rate before anything played', null, playing, 'rate', false],
    ['a whole state', playing, playing, undefined, true],
    ['a whole state that pauses', playing, paused, undefined, false],
  ] as const)('%s', (_title, before, after, act, starts) => {
    expect(isStart(before, after, act)).toBe(starts);
  });
});

describe('[HOLD-4] the moment of a start', () => {
  it.each([
    ['the slowest counts', [20, 180, 90], 280],
    ['an unknown round trip is 200 ms', [20, undefined], 300],
    ['never sooner than 150 ms', [3, 4], 150],
    ['never later than 1.5 s', [86_400_000, 3], 1500],
    ['nobody is left', [], 150],
  ])('%s', (_title, rtts, afterMs) => {
    expect(startAtMs(5000, rtts)).toBe(5000 + afterMs);
  });
});

describe('a held timeline', () => {
  const held = holdTimeline(playing, 3000, 5);

  it('A held timeline keeps its position, however long.', () => {
    expect(held).toEqual({ ...playing, positionSec: 14, atServerMs: 3000, seq: 5, held: true });
    expect(positionAt(held, 1_000_000)).toBe(14);
  });

  it('A released timeline runs on from its position at its start.', () => {
    const released = releaseTimeline(held, 9000, 6);
    expect(released).toEqual({ ...playing, positionSec: 14, atServerMs: 9000, seq: 6 });
    expect([8000, 9000, 10_000].map((atMs) => positionAt(released, atMs))).toEqual([14, 14, 16]);
  });
});
