import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { driftSec, type FilmSample } from '../support/film-probe.ts';
import { startParty, type TestParty } from '../support/test-party.ts';
import { until } from '../support/until.ts';

const FILM_SEC = 180;
/** So much of it is Ben sent at first. */
const PART = 0.3;
/** Chromium reads in blocks of 32 kB, which are 9 s of this film. */
const LEFT_SEC = 12;

let party: TestParty<'Ana' | 'Ben', ChromiumMember>;
let ana: ChromiumMember;
let ben: ChromiumMember;

/** Ben's site sends only the first part of the film until {@link goOnSending}. */
beforeEach(async () => {
  party = await startParty(['Ana', 'Ben'], launchChromium);
  party.site.slowPart(PART);
  ({ Ana: ana, Ben: ben } = party.members);
  await ben.goto(`${party.site.origin}/slow`);
  await ben.page.locator('h1').click();
  await party.join('Ana', 'Ben');
});
afterEach(() => party.close());

const goOnSending = () => party.site.slowPart(1);

async function seekTo(sec: number): Promise<void> {
  const bar = await ana.page.locator('#seek').boundingBox();
  if (!bar) throw new Error('no seek bar');
  await ana.page.mouse.click(bar.x + bar.width * (sec / FILM_SEC), bar.y + bar.height / 2);
}

async function chooseWait(): Promise<void> {
  const popup = await ana.openPopup();
  await popup.getByText('Wait', { exact: true }).click();
  await popup.getByRole('radio', { name: 'Wait', exact: true, checked: true }).waitFor();
  await popup.close();
  await ana.page.bringToFront();
}

function benHasSec(): Promise<number> {
  return ben.page.evaluate(() => document.querySelector<HTMLVideoElement>('#film')?.buffered.end(0) ?? 0);
}

/** Resolves once the film in Ben's browser has nothing more to show. */
async function benRunsDry(): Promise<FilmSample> {
  const isDry = () => (document.querySelector<HTMLVideoElement>('#film')?.readyState ?? 4) < 3;
  await ben.page.waitForFunction(isDry, null, { timeout: 20_000 });
  return ben.sample();
}

async function anaReads(words: string): Promise<void> {
  const popup = await ana.openPopup();
  await popup.getByText(words).waitFor();
  await popup.close();
  await ana.page.bringToFront();
}

/** How far a film went between two looks at it, in seconds of the film. */
function wentSec(before: FilmSample, after: FilmSample): number {
  return after.positionSec - before.positionSec;
}

describe('a film that all start together', () => {
  test('goes on without whom it waited for, and who comes late arrives alone', async () => {
    await ana.press('toggle');
    await party.expectAll({ playing: true, withinMs: 20 });
    await seekTo(90);
    const popup = await ana.openPopup();
    await popup.getByText('Waiting for Ben').waitFor();
    expect((await ana.sample()).paused).toBe(true);
    await popup.getByRole('button', { name: 'Go on without Ben' }).click();
    await popup.close();
    await ana.page.bringToFront();
    await party.expectAll({ playing: true, withinMs: 0, afterSec: 85 }, ['Ana']);
    goOnSending();
    await party.expectAll({ playing: true, withinMs: 20, afterSec: 85, followMs: 4000 });
  });

  test('starts by itself after four seconds at most', async () => {
    await ana.press('toggle');
    await party.expectAll({ playing: true, withinMs: 20 });
    await seekTo(90);
    await until(async () => ((await ana.sample()).paused ? null : 'Ana plays on'), { timeoutMs: 1000 });
    const stopped = await ana.sample();
    await party.expectAll({ playing: true, withinMs: 0, followMs: 5000 }, ['Ana']);
    expect(wentSec(stopped, await ana.sample())).toBeLessThan(2);
  });
});

describe('somebody whose film runs dry', () => {
  test('is waited for, when the room is to wait', async () => {
    await chooseWait();
    await ana.press('toggle');
    await seekTo((await benHasSec()) - LEFT_SEC);
    await party.expectAll({ playing: true, withinMs: 20, afterSec: 15 });
    await benRunsDry();
    await until(async () => ((await ana.sample()).paused ? null : 'Ana plays on'), { timeoutMs: 3000 });
    await anaReads('Waiting for Ben');
    const held = await ana.sample();
    expect((await ana.sample()).positionSec).toBe(held.positionSec);
    goOnSending();
    await party.expectAll({ playing: true, withinMs: 20, followMs: 4000 });
    const [anaNow, benNow] = await party.samples();
    if (!anaNow || !benNow) throw new Error('no samples');
    expect(Math.abs(driftSec(anaNow, benNow))).toBeLessThan(0.1);
  });

  test('holds up nobody, when the room is to go on, and catches up', async () => {
    await ana.press('toggle');
    await seekTo((await benHasSec()) - LEFT_SEC);
    await party.expectAll({ playing: true, withinMs: 20, afterSec: 15 });
    const dry = await benRunsDry();
    await anaReads('Buffering');
    const later = await ana.sample();
    expect(later.paused).toBe(false);
    expect(later.positionSec).toBeGreaterThan(dry.positionSec);
    goOnSending();
    await party.expectAll({ playing: true, withinMs: 20, followMs: 4000 });
  });
});
