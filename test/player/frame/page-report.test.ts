import { expect, it } from 'vitest';
import type { FromPlayer } from '../../../src/messaging/player-port.ts';
import { PageReport } from '../../../src/player/frame/page-report.ts';
import type { PageIdentity } from '../../../src/sites/identify.ts';
import { VirtualTime } from '../../support/virtual-time.ts';

const nothing: PageIdentity = { kind: 'any', content: null };
const film: PageIdentity = {
  kind: 'film',
  content: { contentId: 'one', url: 'https://films.example/one' },
};

function reported(isTop = true) {
  const time = new VirtualTime();
  const lifetime = new AbortController();
  const sent: FromPlayer[] = [];
  const page = { shows: nothing, origins: [] as string[] };
  const report = new PageReport(
    {
      after: (delayMs, run) => time.setTimer(run, delayMs),
      every: (periodMs, run) => {
        let cancel = time.setTimer(function fire() {
          cancel = time.setTimer(fire, periodMs);
          run();
        }, periodMs);
        return () => cancel();
      },
      isTop,
      largeFrameOrigins: () => page.origins,
      readPage: () => page.shows,
      send: (message) => sent.push(message),
    },
    lifetime.signal,
  );
  const count = (type: FromPlayer['type']) => sent.filter((message) => message.type === type).length;
  return {
    time,
    lifetime,
    page,
    report,
    sent,
    frames: () => count('frames_changed'),
    pages: () => count('page'),
  };
}

it('reports a frame that loaded at once', () => {
  const { report, frames } = reported();
  report.framesChanged();
  expect(frames()).toBe(1);
});

it('reports frames that load without end twice a second, and the last one', () => {
  const { report, frames, time } = reported();
  for (let at = 0; at < 20; at += 1) {
    report.framesChanged();
    time.pass(50);
  }
  expect(frames()).toBeLessThanOrEqual(3);
  const before = frames();
  report.framesChanged();
  time.pass(500);
  expect(frames()).toBe(before + 1);
  time.pass(5000);
  expect(frames()).toBe(before + 1);
});

it('reports origins of large frames only when they change', () => {
  const { page, frames, time, sent } = reported();
  page.origins = ['https://embed.example'];
  time.pass(3000);
  expect(frames()).toBe(1);
  expect(sent).toContainEqual({ type: 'frames_changed', largeOrigins: ['https://embed.example'] });
});

it('reports what the page shows when it changes, and all anew when asked', () => {
  const { page, pages, time, report, sent } = reported();
  time.pass(3000);
  expect(pages()).toBe(1);
  page.shows = film;
  time.pass(600);
  expect(pages()).toBe(2);
  expect(sent.at(-1)).toEqual({ type: 'page', ...film });
  report.report();
  expect(pages()).toBe(3);
});

it('reports no page from a frame within it', () => {
  const { pages, time, report } = reported(false);
  report.report();
  time.pass(2000);
  expect(pages()).toBe(0);
});

it('reports nothing once its page is gone', () => {
  const { report, frames, lifetime, time, sent } = reported();
  report.framesChanged();
  report.framesChanged();
  const { length } = sent;
  lifetime.abort();
  time.pass(2000);
  expect(frames()).toBe(1);
  expect(sent).toHaveLength(length);
});
