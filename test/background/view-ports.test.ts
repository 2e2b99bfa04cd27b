import type { Browser } from 'wxt/browser';
import { expect, it } from 'vitest';
import { ViewPorts } from '../../src/background/view-ports.ts';
import type { View } from '../../src/messaging/view.ts';
import { handTimers } from '../support/hand-timers.ts';
import { party } from '../ui/scenes.ts';

function pages() {
  const timers = handTimers();
  const told: View[] = [];
  let offsetMs = 0;
  const views = new ViewPorts({
    view: () => party({ offsetMs }),
    told: () => undefined,
    after: timers.after,
  });
  const port = {
    postMessage: (view: View) => void told.push(view),
    onDisconnect: { addListener: () => undefined },
  };
  // The part of a port that is used.
  views.add(port as unknown as Browser.runtime.Port, Promise.resolve());
  const change = (to: number) => {
    offsetMs = to;
    views.changed();
  };
  return { timers, told, views, change, last: () => told.at(-1)?.party?.offsetMs };
}

it('tells a page all when it comes', async () => {
  const { told } = pages();
  await Promise.resolve();
  expect(told).toHaveLength(1);
});

it('tells of a hundred changes in a second at most twelve times, the first at once and the last within 100 ms', async () => {
  const { timers, told, change, last } = pages();
  await Promise.resolve();
  told.length = 0;
  for (let at = 1; at <= 100; at += 1) {
    change(at);
    if (at === 1) expect(last()).toBe(1);
    timers.pass(10);
  }
  timers.pass(100);
  expect(told.length).toBeLessThanOrEqual(12);
  expect(last()).toBe(100);
});

it('shows at once what this person has done, and says that it is theirs', async () => {
  const { told, views, change, last } = pages();
  await Promise.resolve();
  change(1);
  change(2);
  expect(last()).toBe(1);
  views.acted();
  expect(last()).toBe(2);
  expect(told.at(-1)?.acts).toBe((told.at(-2)?.acts ?? 0) + 1);
});
