import { mkdir, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { buildExtension } from '../../demo/build.ts';
import { readFlags } from '../../support/read-flags.ts';
import { environment } from '../output/environment.ts';
import { RawLog } from '../output/raw-log.ts';
import { figure, markdownOf, textOf, type Table } from '../output/table.ts';
import { figuresOf, median } from '../statistics.ts';
import { navigateAll, type Navigation } from './navigations.ts';

const ROUNDS = 12;
/** Less than this is hidden: offers come while the page still loads. */
const SLOW_BY_MS = 2000;
const HELP = `Usage: npm run bench:faces -- [options]

Measures how long the faces of a call are gone when somebody goes to the next film of a site: three Chromium with cameras, one
of which loads another page again and again. Beside it the same page without a party, and with a server that answers later,
which must be found. Takes about three minutes; leave the machine alone meanwhile.

  --rounds N        of each kind [${ROUNDS}]
  --out DIR         where results.json, table.md and the raw samples go [test-results/bench-faces/<time>]
  -h, --help        show this
`;
const FLAGS = {
  rounds: { type: 'string' },
  out: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;

process.chdir(fileURLToPath(new URL('../../..', import.meta.url)));
const flags = readFlags(process.argv.slice(2), FLAGS);
const rounds = typeof flags === 'string' ? NaN : Number(flags.rounds ?? ROUNDS);
if (typeof flags !== 'string' && flags.help) process.stdout.write(HELP);
else if (typeof flags === 'string' || !(Number.isInteger(rounds) && rounds >= 1)) {
  console.error(typeof flags === 'string' ? flags : 'Give --rounds a whole number of at least 1.');
  process.exitCode = 2;
} else await run(rounds, flags.out);

async function run(
  wanted: number,
  folder = `test-results/bench-faces/${new Date().toISOString().replaceAll(/[:.]/g, '-')}`,
): Promise<void> {
  await mkdir(`${folder}/raw`, { recursive: true });
  const before = environment();
  console.log('Building the extension …');
  await buildExtension();
  const raw = new RawLog(`${folder}/raw/navigations.ndjson.gz`);
  const all: Navigation[] = [];
  try {
    await navigateAll({ rounds: wanted, slowByMs: SLOW_BY_MS }, (navigation) => {
      console.log(JSON.stringify(navigation));
      raw.line(navigation);
      all.push(navigation);
    });
  } finally {
    await raw.close();
  }
  const tables = [timesOf(all), foundOf(all)];
  const json = { before, after: environment(), slowByMs: SLOW_BY_MS, navigations: all };
  await writeFile(`${folder}/results.json`, `${JSON.stringify(json, null, 2)}\n`);
  await writeFile(`${folder}/table.md`, tables.map(markdownOf).join('\n'));
  console.log(`\n${tables.map(textOf).join('\n')}\nWritten to ${folder}`);
}

function samples(
  all: readonly Navigation[],
  kind: Navigation['kind'],
  of: 'loadMs' | 'facesMs' | 'atFriendsMs',
): number[] {
  return all.flatMap((each) => (each.kind === kind ? (each[of] ?? []) : []));
}

/** A page also loads later where the overlay comes first: both together hide nothing. */
function wholeOf(all: readonly Navigation[]): number[] {
  return all.flatMap(({ kind, loadMs, facesMs }) =>
    kind === 'call' && facesMs !== null ? [loadMs + facesMs] : [],
  );
}

function timesOf(all: readonly Navigation[]): Table {
  const bare = median(samples(all, 'alone', 'loadMs'));
  const row = (name: string, values: readonly number[]) => {
    const { samples: count, medianMs, p95Ms, maxMs } = figuresOf(values);
    return [name, String(count), ...[medianMs, p95Ms, maxMs, medianMs / bare].map(figure)];
  };
  return {
    title: 'To the next film of the site (ms; faces from when its page had loaded, if nothing else is said)',
    columns: ['What', 'Samples', 'Median', '95 %', 'Most', 'Times the bare page'],
    rows: [
      row('the page without a party', samples(all, 'alone', 'loadMs')),
      row('the page in a call of three', samples(all, 'call', 'loadMs')),
      row('both friends’ faces are back', samples(all, 'call', 'facesMs')),
      row('the same, from when the page was asked for', wholeOf(all)),
      row('one’s own is back at both friends', samples(all, 'call', 'atFriendsMs')),
    ],
  };
}

/** What was put in is found: an offer is on its way before, but its answer comes by that server. */
function foundOf(all: readonly Navigation[]): Table {
  const found = median(samples(all, 'slow', 'facesMs')) - median(samples(all, 'call', 'facesMs'));
  return {
    title: 'What is found of what was put in (ms, difference of the medians)',
    columns: ['Each word of the server later by', 'Faces later by'],
    rows: [[figure(SLOW_BY_MS), figure(found)]],
  };
}
