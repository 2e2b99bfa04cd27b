import { expect, it } from 'vitest';
import { volumeStore, effectiveVolume } from '../../src/call/participant-volume.ts';
import { memoryArea } from '../ui/fake-host.ts';

it('how loud each is to be is kept over a reload', async () => {
  const area = memoryArea();
  await volumeStore(area).write(new Map([['ben', { volume: 0.3, muted: true }]]));
  expect((await volumeStore(area).read()).get('ben')).toEqual({ volume: 0.3, muted: true });
});

it('muted for me is silence, and the volume from before is still known', () => {
  expect(effectiveVolume({ volume: 0.3, muted: true })).toBe(0);
  expect(effectiveVolume({ volume: 0.3, muted: false })).toBe(0.3);
});

it('what is stored and does not parse is as good as nothing', async () => {
  for (const hearing of [7, [['ben', { volume: 9, muted: false }]], [['ben']]]) {
    expect(await volumeStore(memoryArea({ hearing })).read()).toEqual(new Map());
  }
});

it('only so many are remembered: the latest', async () => {
  const area = memoryArea();
  const many = Array.from({ length: 100 }, (_, at) => [`u${at}`, { volume: 0.5, muted: false }] as const);
  await volumeStore(area).write(new Map(many));
  const read = await volumeStore(area).read();
  expect(read.size).toBe(64);
  expect(read.has('u99')).toBe(true);
});
