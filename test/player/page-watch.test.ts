// @vitest-environment happy-dom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { FromPlayer } from '../../src/messaging/player-port.ts';
import { watchPage } from '../../src/player/page-watch.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  gone.abort();
  vi.useRealTimers();
});

let gone = new AbortController();

function watched() {
  gone = new AbortController();
  const sent: FromPlayer[] = [];
  watchPage(
    window,
    document,
    () => ({ kind: 'any', content: null }),
    (message) => sent.push(message),
    gone.signal,
  );
  sent.length = 0;
  return {
    // As it is captured on its way down to a frame; one that is in this document would be loaded.
    load: () => {
      const loaded = new Event('load');
      Object.defineProperty(loaded, 'target', { value: document.createElement('iframe') });
      document.dispatchEvent(loaded);
    },
    told: () => sent.filter(({ type }) => type === 'frames_changed').length,
  };
}

it('tells of a frame that loaded at once', () => {
  const { load, told } = watched();
  load();
  expect(told()).toBe(1);
});

it('tells of frames that load without end twice a second, and of the last', () => {
  const { load, told } = watched();
  for (let at = 0; at < 20; at += 1) {
    load();
    vi.advanceTimersByTime(50);
  }
  expect(told()).toBeLessThanOrEqual(3);
  const before = told();
  load();
  vi.advanceTimersByTime(500);
  expect(told()).toBe(before + 1);
  vi.advanceTimersByTime(5000);
  expect(told()).toBe(before + 1);
});

it('tells nothing once it is over', () => {
  const { load, told } = watched();
  load();
  load();
  gone.abort();
  vi.advanceTimersByTime(1000);
  expect(told()).toBe(1);
});
