import { setTimeout as delay } from 'node:timers/promises';
import { putToSleep } from '../../processes.ts';
import { driftMedia } from '../clocks/media-drift.ts';
import { skewClock } from '../clocks/skew.ts';
import { symmetric } from '../links/delays.ts';
import type { Outcome } from '../outcome.ts';
import { openParty, type BenchMember, type Party } from '../party.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { playAndJudge, type JudgedSpan } from './watch-span.ts';

const TWENTY = symmetric(20, 8, 0.03);
const SETTLE_SEC = 10;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

interface Variant {
  name: string;
  /** Before anybody joins. */
  before?: (members: readonly BenchMember[]) => Promise<void>;
  meanwhile?: (party: Party, bench: Bench) => Promise<void>;
  disturb?: (party: Party) => Promise<void>;
}

const [ANA, BEN, CLEO] = [0, 1, 2] as const;

const CLOCKS: readonly Variant[] = [
  {
    name: 'minutes off',
    before: async (members) => {
      await skewed(members, BEN, { offsetMs: 7 * MINUTE_MS });
      await skewed(members, CLEO, { offsetMs: 3 * HOUR_MS });
    },
  },
  {
    name: '±100 ppm',
    before: async (members) => {
      await skewed(members, BEN, { ppm: 100 });
      await skewed(members, CLEO, { ppm: -100 });
    },
  },
  {
    name: 'a step of 1 s',
    meanwhile: async ({ members }, { seconds }) => {
      await delay((seconds * 1000) / 4);
      await skewed(members, BEN, { wallStepMs: 1000 });
      await delay((seconds * 1000) / 4);
      await skewed(members, CLEO, { wallStepMs: -1000 });
    },
  },
  {
    // No browser does this to a page: its monotonic clock may stand still in sleep, but the player sleeps then, too.
    name: 'even monotonic, 1 s',
    meanwhile: async ({ members }, { seconds }) => {
      await delay((seconds * 1000) / 4);
      await skewed(members, BEN, { offsetMs: 1000 });
      await delay((seconds * 1000) / 4);
      await skewed(members, CLEO, { offsetMs: -1000 });
    },
  },
];

const SLEEP_MS = 60_000;

const SLEEPS: readonly Variant[] = [
  { name: 'asleep, clock ran on', disturb: ({ members }) => sleep(members, false) },
  { name: 'asleep, clock stood', disturb: ({ members }) => sleep(members, true) },
];

export const clocks: Scenario = {
  name: 'clocks',
  about: `Ben's computer is 7 minutes off and Cleo's 3 hours; or they run 100 ppm too fast and too slow; or Ben's is set on by a second and then Cleo's back by one while the film plays; or even their monotonic clocks are, which no real one is. Links as in steady, ${SETTLE_SEC} s not counted.`,
  seconds: 60,
  run: (bench) => runVariants(bench, CLOCKS),
};

export const asleep: Scenario = {
  name: 'asleep',
  about: `The host's browser is stopped for a minute as by a closed lid, once with a clock that counts the sleep and once with one that does not. Only what follows the sleep counts, from ${SETTLE_SEC} s after it.`,
  seconds: 30,
  run: (bench) => runVariants(bench, SLEEPS),
};

export const mediaDrift: Scenario = {
  name: 'media-drift',
  about:
    'The films of Ben and Cleo run 100 ppm too fast and too slow, whatever rate they are given. Links as in steady.',
  seconds: 60,
  run: (bench) =>
    runVariants(bench, [
      {
        name: '±100 ppm',
        before: async (members) => {
          await driftMedia(member(members, BEN), 100);
          await driftMedia(member(members, CLEO), -100);
        },
      },
    ]),
};

async function runVariants(bench: Bench, variants: readonly Variant[]): Promise<Outcome> {
  const runs: JudgedSpan[] = [];
  const { seconds } = bench;
  for (const { name, before, meanwhile, disturb } of variants) {
    bench.say(`  ${name} …`);
    const clip = await bench.clip(seconds + 2 * SETTLE_SEC + SLEEP_MS / 1000 + 30);
    await using party = await openParty({ link: () => TWENTY, clip, seed: bench.seed });
    await before?.(party.members);
    await party.join(...party.members);
    runs.push(
      await playAndJudge(bench, party, {
        variant: name,
        settleSec: SETTLE_SEC,
        seconds,
        ...(meanwhile && { meanwhile: () => meanwhile(party, bench) }),
        ...(disturb && { disturb: () => disturb(party) }),
      }),
    );
  }
  return {
    errors: runs.map(({ row }) => row),
    settling: runs.flatMap(({ settling }) => settling),
    plots: runs.map(({ plot }) => plot),
  };
}

async function sleep(members: readonly BenchMember[], clockStood: boolean): Promise<void> {
  const host = member(members, ANA);
  if (clockStood) await skewClock(host, { forgetGapMs: SLEEP_MS });
  const { wake } = putToSleep(host.pid);
  try {
    await delay(SLEEP_MS);
  } finally {
    wake();
  }
}

function skewed(members: readonly BenchMember[], index: number, skew: Parameters<typeof skewClock>[1]) {
  return skewClock(member(members, index), skew);
}

function member(members: readonly BenchMember[], index: number): BenchMember {
  const found = members[index];
  if (!found) throw new Error('nobody there');
  return found;
}
