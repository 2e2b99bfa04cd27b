import { describe, expect, it } from 'vitest';
import { connectionQuality } from '../../src/rtc/link-meter.ts';
import { encodingFor, MAX_LOAD, NO_LOAD, adaptToLoad } from '../../src/rtc/video-encoding.ts';
import { announcedVoice, detectVoice, SILENCE } from '../../src/rtc/voice-activity.ts';

describe('the encoding of the video', () => {
  const to = (extra: object) =>
    encodingFor({ shownPx: 360, capturedPx: 480, receivers: 1, load: 0, ...extra });
  const heightOf = ({ scaleResolutionDownBy }: { scaleResolutionDownBy: number }) =>
    Math.round(480 / scaleResolutionDownBy);

  it('The video is as high as it is shown, and no higher.', () => {
    expect(heightOf(to({ shownPx: 90 }))).toBe(90);
    expect(heightOf(to({ shownPx: 150 }))).toBe(180);
    expect(to({ shownPx: 90 }).maxBitrate).toBeLessThan(to({ shownPx: 360 }).maxBitrate);
  });

  it('No video is sent where it is not shown.', () => expect(to({ shownPx: 0 }).active).toBe(false));

  it('The video is never larger than the camera’s.', () => {
    expect(encodingFor({ shownPx: 2000, capturedPx: 240, receivers: 1, load: 0 }).scaleResolutionDownBy).toBe(
      1,
    );
  });

  it('More receivers get smaller videos: a mesh of eight fits an upload of 2 Mbit/s.', () => {
    const each = to({ shownPx: 2000, receivers: 7 });
    expect(heightOf(each)).toBe(180);
    expect(each.maxBitrate * 7).toBeLessThan(2_000_000);
  });

  it('The quality falls at once when the processor is overloaded, and recovers slowly.', () => {
    let load = adaptToLoad(NO_LOAD, { cpuLimited: true, encodeMsPerFrame: 4 });
    expect(heightOf(to({ load: load.level }))).toBe(270);
    for (let at = 0; at < 9; at += 1) load = adaptToLoad(load, { cpuLimited: false, encodeMsPerFrame: 40 });
    expect(load.level).toBe(MAX_LOAD);
    let samples = 0;
    while (load.level === MAX_LOAD) {
      load = adaptToLoad(load, { cpuLimited: false, encodeMsPerFrame: 3 });
      samples += 1;
    }
    expect(samples).toBeGreaterThan(5);
  });
});

describe('the connection quality', () => {
  it.each([
    [{ state: 'new', rttMs: null, lossPart: null }, 'connecting'],
    [{ state: 'connected', rttMs: 40, lossPart: 0 }, 'good'],
    [{ state: 'connected', rttMs: 400, lossPart: 0 }, 'fair'],
    [{ state: 'connected', rttMs: 40, lossPart: 0.05 }, 'fair'],
    [{ state: 'connected', rttMs: 40, lossPart: 0.2 }, 'poor'],
    [{ state: 'disconnected', rttMs: 40, lossPart: 0 }, 'lost'],
  ] as const)('A connection with %j is %s.', (sample, health) =>
    expect(connectionQuality(sample)).toBe(health),
  );
});

describe('voice activity', () => {
  const after = (levels: number[]) =>
    levels.reduce((speech, level, at) => detectVoice(speech, level, at * 100), SILENCE).speaking;

  it('A voice is detected within half a second.', () => {
    expect(after([0.2, 0.2])).toBe(true);
    expect(after([0.2, 0, 0.2, 0, 0.2])).toBe(true);
  });
  it('An announced voice starts and ends at once.', () => {
    expect(announcedVoice(true).speaking).toBe(true);
    expect(announcedVoice(false)).toEqual(SILENCE);
  });
  it('A cup put down is no voice.', () => expect(after([0, 0.9, 0, 0, 0, 0.9, 0, 0])).toBe(false));
  it('A voice lasts over the pause between two words, and ends.', () => {
    expect(after([0.2, 0.2, 0, 0, 0, 0, 0.2, 0, 0, 0])).toBe(true);
    expect(after([0.2, 0.2, ...Array<number>(10).fill(0)])).toBe(false);
  });
});
