import { setTimeout as delay } from 'node:timers/promises';
import { median, slope } from '../../statistics.ts';
import { DIRECT } from '../links/delays.ts';
import type { CheckRow } from '../outcome.ts';
import { openParty } from '../party.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { PAIR, pairOf, restAt, runAt, watchPair } from './calibration-pair.ts';
import { checkShift, checkWires } from './calibration-stage.ts';
import { howToInstall, missingTools, type Tool } from '../tools.ts';

const OFFSETS_MS = [0, 5, 20, 80];
const PPM = 100;
const STAGE_TOOLS: readonly Tool[] = ['ffmpeg', 'Xvfb', 'pulseaudio', 'pactl', 'parec'];

export const calibration: Scenario = {
  name: 'calibration',
  about:
    'Two browsers that nobody controls, apart by what is put in: paused at places that differ; running at rates that differ; shown films whose picture and sound are shifted, which media clocks cannot know and the other rulers must.',
  seconds: 20,
  run: async (bench) => {
    const checks = [...(await checkPlaces(bench)), await checkRates(bench)];
    const missing = missingTools(STAGE_TOOLS);
    if (missing.length > 0) bench.say(`  without pixels and sound, which need: ${howToInstall(missing)}`);
    else {
      for (const shiftMs of OFFSETS_MS) checks.push(await checkWires(shiftMs));
      for (const shiftMs of OFFSETS_MS) checks.push(...(await checkShift(bench, shiftMs)));
    }
    return { checks };
  },
};

/** Both rest, the first further on. */
async function checkPlaces(bench: Bench): Promise<CheckRow[]> {
  const { seed } = bench;
  await using party = await openParty({ names: PAIR, link: () => DIRECT, clip: await bench.clip(60), seed });
  const [ana, ben] = pairOf(party.members);
  const checks: CheckRow[] = [];
  for (const offsetMs of OFFSETS_MS) {
    await ana.browser.page.evaluate(restAt, 10 + offsetMs / 1000);
    await ben.browser.page.evaluate(restAt, 10);
    await delay(1000);
    const errors = await watchPair(party.members, 2);
    checks.push({
      check: 'apart, at rest',
      ruler: 'media clock',
      injected: offsetMs,
      recovered: median(errors.map(({ ms }) => ms)),
      unit: 'ms',
    });
  }
  return checks;
}

/** Both run, the first faster; nobody interferes. */
async function checkRates(bench: Bench): Promise<CheckRow> {
  const { seed, seconds } = bench;
  const clip = await bench.clip(seconds + 20);
  await using party = await openParty({ names: PAIR, link: () => DIRECT, clip, seed });
  const [ana, ben] = pairOf(party.members);
  await ana.browser.page.evaluate(runAt, 1 + PPM * 1e-6);
  await ben.browser.page.evaluate(runAt, 1 - PPM * 1e-6);
  await delay(2000);
  const errors = await watchPair(party.members, seconds);
  const perMs = slope(errors.map(({ atMs, ms }) => [atMs, ms] as const));
  return {
    check: 'drift, free running',
    ruler: 'media clock',
    injected: 2 * PPM,
    recovered: perMs * 1e6,
    unit: 'ppm',
    details: `over ${seconds} s`,
  };
}
