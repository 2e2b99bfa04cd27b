import { expect, it } from 'vitest';
import { meant } from '../../src/player/meant.ts';
import { room, Screen } from './support.ts';

const before = { timeline: { ...room, playing: false }, offsetSec: 0, ownRate: 1, roomRate: 1 };

it('a live stream that left its place while it stood means the place where it goes on', () => {
  const { reading } = new Screen().player;
  const playing = { ...reading, paused: false, positionSec: room.positionSec };
  expect(meant({ ...playing, resumesAtSec: 160 }, 'play', before, 60_000).positionSec).toBe(160);
  expect(meant({ ...playing, resumesAtSec: 160 }, 'pause', before, 60_000).positionSec).toBe(100);
  expect(meant(playing, 'play', before, 60_000).positionSec).toBe(100);
});

it('what is left of a correction is not the speed of the next film', () => {
  const { reading } = new Screen().player;
  const gone = { ...before, timeline: null, ownRate: 1.08 };
  expect(meant({ ...reading, rate: 1.08 }, undefined, gone, 0).rate).toBe(1);
  expect(meant({ ...reading, rate: 1.5 }, undefined, gone, 0).rate).toBe(1.5);
});

it('a speed that the protocol has no number for is told as the nearest one', () => {
  const { reading } = new Screen().player;
  expect(meant({ ...reading, rate: 0.01 }, 'rate', before, 0).rate).toBe(0.0625);
  expect(meant({ ...reading, rate: 20 }, 'rate', before, 0).rate).toBe(16);
});
