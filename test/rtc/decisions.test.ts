import { describe, expect, it } from 'vitest';
import { healthOf } from '../../src/rtc/health.ts';
import { encodingFor, MAX_STRAIN, NO_STRAIN, strained } from '../../src/rtc/quality.ts';
import { heard, SILENCE } from '../../src/rtc/speaking.ts';

describe('how good a picture is sent', () => {
  const to = (extra: object) =>
    encodingFor({ shownPx: 360, capturedPx: 480, receivers: 1, strain: 0, ...extra });
  const heightOf = ({ scaleResolutionDownBy }: { scaleResolutionDownBy: number }) =>
    Math.round(480 / scaleResolutionDownBy);

  it('as high as it is shown, and not higher', () => {
    expect(heightOf(to({ shownPx: 90 }))).toBe(90);
    expect(heightOf(to({ shownPx: 150 }))).toBe(180);
    expect(to({ shownPx: 90 }).maxBitrate).toBeLessThan(to({ shownPx: 360 }).maxBitrate);
  });

  it('none where it is not shown', () => expect(to({ shownPx: 0 }).active).toBe(false));

  it('never larger than the camera’s', () => {
    expect(
      encodingFor({ shownPx: 2000, capturedPx: 240, receivers: 1, strain: 0 }).scaleResolutionDownBy,
    ).toBe(1);
  });

  it('smaller the more people there are: a mesh of eight fits an upload of 2 Mbit/s', () => {
    const each = to({ shownPx: 2000, receivers: 7 });
    expect(heightOf(each)).toBe(180);
    expect(each.maxBitrate * 7).toBeLessThan(2_000_000);
  });

  it('smaller at once when the processor is short, and back slowly', () => {
    let strain = strained(NO_STRAIN, { cpuLimited: true, msPerPicture: 4 });
    expect(heightOf(to({ strain: strain.level }))).toBe(270);
    for (let look = 0; look < 9; look += 1)
      strain = strained(strain, { cpuLimited: false, msPerPicture: 40 });
    expect(strain.level).toBe(MAX_STRAIN);
    let looks = 0;
    while (strain.level === MAX_STRAIN) {
      strain = strained(strain, { cpuLimited: false, msPerPicture: 3 });
      looks += 1;
    }
    expect(looks).toBeGreaterThan(5);
  });
});

describe('how well a peer is seen and heard', () => {
  it.each([
    [{ state: 'new', rttMs: null, lossPart: null }, 'connecting'],
    [{ state: 'connected', rttMs: 40, lossPart: 0 }, 'good'],
    [{ state: 'connected', rttMs: 400, lossPart: 0 }, 'fair'],
    [{ state: 'connected', rttMs: 40, lossPart: 0.05 }, 'fair'],
    [{ state: 'connected', rttMs: 40, lossPart: 0.2 }, 'poor'],
    [{ state: 'disconnected', rttMs: 40, lossPart: 0 }, 'lost'],
  ] as const)('%j is %s', (sample, health) => expect(healthOf(sample)).toBe(health));
});

describe('who speaks', () => {
  const after = (levels: number[]) =>
    levels.reduce((speech, level, at) => heard(speech, level, at * 100), SILENCE).speaking;

  it('a voice does, within half a second', () => {
    expect(after([0.2, 0.2])).toBe(true);
    expect(after([0.2, 0, 0.2, 0, 0.2])).toBe(true);
  });
  it('who says so itself does at once, and not any more at once', () => {
    expect(heard(SILENCE, true, 0).speaking).toBe(true);
    expect(heard(heard(SILENCE, true, 0), false, 100).speaking).toBe(false);
  });
  it('a cup put down does not', () => expect(after([0, 0.9, 0, 0, 0, 0.9, 0, 0])).toBe(false));
  it('goes on over the pause between two words, and ends', () => {
    expect(after([0.2, 0.2, 0, 0, 0, 0, 0.2, 0, 0, 0])).toBe(true);
    expect(after([0.2, 0.2, ...Array<number>(10).fill(0)])).toBe(false);
  });
});
