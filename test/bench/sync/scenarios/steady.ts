import { mean } from '../../statistics.ts';
import { BASELINES, followAlone } from '../baselines/follow.ts';
import { describeShape, symmetric, type LinkShape } from '../links/delays.ts';
import type { Judged } from '../measure.ts';
import type { CheckRow, Outcome } from '../outcome.ts';
import { openParty } from '../party.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { playAndJudge } from './watch-span.ts';

/** After the film was started, so long until what is seen counts as steady. */
const SETTLE_SEC = 10;

const TWENTY = symmetric(20, 8, 0.03);
const SIXTY = symmetric(60, 25, 0.1);
/** 20 ms more one way than the other, on the last member's link; its round trip is that of the others. */
const LOPSIDED: LinkShape = { ...TWENTY, upMs: 30, downMs: 10 };

interface SteadyPlan {
  link: (index: number) => LinkShape;
  roomRate?: number;
}

export const steady: Scenario = {
  name: 'steady',
  about: `Three members play undisturbed; each link ${describeShape(TWENTY)}. Counted from ${SETTLE_SEC} s after the start.`,
  seconds: 60,
  run: (bench) => runSteady(bench, { link: () => TWENTY }),
};

export const rough: Scenario = {
  name: 'rough',
  about: `As steady, but each link ${describeShape(SIXTY)}.`,
  seconds: 60,
  run: (bench) => runSteady({ ...bench, baselines: false }, { link: () => SIXTY }),
};

export const asymmetric: Scenario = {
  name: 'asymmetric',
  about: `As steady, but the last member's link has ${describeShape(LOPSIDED)}: no clock exchange can see half of that difference, so this member should be about 10 ms off.`,
  seconds: 60,
  run: async (bench) => {
    const { errors = [], plots = [] } = await runSteady(
      { ...bench, baselines: false },
      { link: (index) => (index === 2 ? LOPSIDED : TWENTY) },
    );
    const others = ['Ana', 'Ben'].map((name) => Number(errors[0]?.details[`median ${name} − Cleo ms`]));
    const check: CheckRow = {
      check: '20 ms more one way than the other',
      ruler: 'media clock',
      injected: (LOPSIDED.upMs - LOPSIDED.downMs) / 2,
      recovered: -mean(others),
      unit: 'ms',
      details: 'the lopsided member ahead of the others; nothing on its side could know',
    };
    return { errors, plots, checks: [check] };
  },
};

export const speed: Scenario = {
  name: 'speed',
  about: 'As steady, but the room plays at 1.5×.',
  seconds: 60,
  run: (bench) => runSteady({ ...bench, baselines: false }, { link: () => TWENTY, roomRate: 1.5 }),
};

async function runSteady(bench: Bench, plan: SteadyPlan): Promise<Outcome> {
  const runs = [await ours(bench, plan)];
  if (bench.baselines) {
    for (const policy of BASELINES) {
      bench.say(`  ${policy} …`);
      runs.push(await followAlone(bench, policy, plan.link, SETTLE_SEC));
    }
  }
  return { errors: runs.map(({ row }) => row), plots: runs.map(({ plot }) => plot) };
}

async function ours(bench: Bench, { link, roomRate = 1 }: SteadyPlan): Promise<Judged> {
  const clip = await bench.clip((bench.seconds + SETTLE_SEC) * roomRate + 30);
  await using party = await openParty({ link, clip, seed: bench.seed });
  await party.join(...party.members);
  const { seconds } = bench;
  return await playAndJudge(bench, party, { variant: '', settleSec: SETTLE_SEC, seconds, roomRate });
}
