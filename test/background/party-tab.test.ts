import { expect, it, vi } from 'vitest';
import type { Frames } from '../../src/background/frames.ts';
import { PartyTab } from '../../src/background/party-tab.ts';
import { startSession } from '../../src/party/index.ts';
import { start } from '../party/support.ts';
import { handTimers } from '../support/hand-timers.ts';

it('looks a page’s frames through twice a second at most, however often frames load in it', () => {
  const timers = handTimers();
  const frame = {
    key: 1,
    tabId: 7,
    frameId: 0,
    url: '',
    intentsSeen: 0,
    durationSec: null,
    send: () => undefined,
  };
  const looked = vi.fn(() => Promise.resolve(false));
  const tab = new PartyTab({
    session: () => startSession(start),
    dispatch: () => undefined,
    // The parts that are used.
    frames: { driver: () => null, pageOf: () => null, dismiss: () => undefined } as unknown as Frames,
    tabs: {
      isPermitted: looked,
      injectPlayer: () => Promise.resolve(true),
      injectBridge: () => Promise.resolve(true),
    },
    nowMs: () => timers.nowMs,
    changed: () => undefined,
    after: timers.after,
  });
  // Frames within frames each tell of their own.
  for (let at = 0; at < 100; at += 1) {
    tab.heard(frame, { type: 'frames_changed', largeOrigins: [] });
    if (at === 0) expect(looked).toHaveBeenCalledOnce();
    timers.pass(10);
  }
  // At the first, after half a second, and after a whole one.
  expect(looked).toHaveBeenCalledTimes(3);
  timers.pass(5000);
  expect(looked).toHaveBeenCalledTimes(3);
});
