import { setTimeout as delay } from 'node:timers/promises';
import { readByteIndex } from '../film/byte-index.ts';
import { paceFilm } from '../film/pacing.ts';
import { symmetric } from '../links/delays.ts';
import { idealOf, judge, startWatching } from '../measure.ts';
import type { ErrorRow, Outcome, Plot, SettleRow } from '../outcome.ts';
import { openParty, type BenchMember } from '../party.ts';
import { alignTracks, settledAfterMs } from '../rulers/pairs.ts';
import type { Track } from '../rulers/recording.ts';
import type { Bench, Scenario } from '../scenario.ts';
import { settleRow } from './settle-row.ts';

const TWENTY = symmetric(20, 8, 0.03);
const STALLS_SEC = [0.5, 2, 10, 60];
const SETTLE_SEC = 10;
const RUNS_DRY_WITHIN_MS = 15_000;
const TOGETHER_MS = 10;

/** What the room is to do about a member that has no film to play, in the words of the popup. */
const POLICIES = ['Go on', 'Wait'] as const;
type Policy = (typeof POLICIES)[number];

export const stalls: Scenario = {
  name: 'stalls',
  about: `The site sends the last member nothing for ${STALLS_SEC.join(', ')} s, one after the other. Counted are the stall and the time after it; the second table counts from the first byte that comes again until all are within ${TOGETHER_MS} ms.`,
  seconds: 15,
  needs: ['ffmpeg'],
  run: async (bench) => {
    const outcomes: Outcome[] = [];
    for (const policy of POLICIES) outcomes.push(await runStalls(bench, policy));
    return {
      errors: outcomes.flatMap(({ errors }) => errors ?? []),
      settling: outcomes.flatMap(({ settling }) => settling ?? []),
      plots: outcomes.flatMap(({ plots }) => plots ?? []),
    };
  },
};

async function runStalls(bench: Bench, policy: Policy): Promise<Outcome> {
  const { seconds, seed, scenario, raw } = bench;
  const clip = await bench.clip(STALLS_SEC.reduce((sum, each) => sum + each + seconds + SETTLE_SEC + 5, 60));
  const index = await readByteIndex(clip);
  await using party = await openParty({ link: () => TWENTY, clip, seed });
  const { members, site } = party;
  const [first] = members;
  const last = members.at(-1);
  if (!last) throw new Error('a party of nobody');
  // From where nobody has read yet: what was loaded before the film was paced is in hand.
  const roomSec = () => idealOf(party)(performance.now()) ?? 0;
  using pacing = paceFilm(site, last.name, index, roomSec);
  await last.browser.reload();
  await last.browser.page.locator('h1').click();
  await last.reprobe();
  await party.join(...members);
  if (first) await choosePolicy(first, policy);
  await first?.browser.press('toggle');

  const rows: ErrorRow[] = [];
  const settling: SettleRow[] = [];
  const plots: Plot[] = [];
  for (const stallSec of STALLS_SEC) {
    await delay(SETTLE_SEC * 1000);
    const watching = startWatching(members);
    pacing.withhold();
    await last.browser.page.waitForFunction(hasRunDry, null, { timeout: RUNS_DRY_WITHIN_MS, polling: 50 });
    const fromMs = performance.now();
    await delay(stallSec * 1000);
    const againMs = performance.now();
    pacing.goOn();
    await delay(seconds * 1000);
    const span = { fromMs, toMs: performance.now() };
    const seen = await watching.stop();
    const variant = `${policy}, ${stallSec} s`;
    const { row, plot } = judge({ scenario, variant, player: 'streamsync' }, seen, span, idealOf(party), raw);
    row.details.stoodSec = Math.max(...seen.tracks.map((track) => stoodSec(track, fromMs)));
    rows.push(row);
    plots.push(plot);
    const after = alignTracks(seen.tracks, { fromMs: againMs, toMs: span.toMs });
    settling.push(settleRow(variant, TOGETHER_MS, [settledAfterMs(after, againMs, TOGETHER_MS)]));
  }
  return { errors: rows, settling, plots };
}

/** By the popup of the host, as a person does. */
async function choosePolicy({ browser }: BenchMember, policy: Policy): Promise<void> {
  const popup = await browser.openPopup();
  await popup.getByText(policy, { exact: true }).click();
  await popup.getByRole('radio', { name: policy, exact: true, checked: true }).waitFor();
  await popup.close();
  await browser.page.bringToFront();
}

/** Runs in the page. */
function hasRunDry(): boolean {
  return (document.querySelector<HTMLVideoElement>('#film')?.readyState ?? 4) < 3;
}

/** How long a film stood, all together. */
function stoodSec({ samples }: Track, fromMs: number): number {
  let sumMs = 0;
  for (const [index, [atMs, , , stands]] of samples.entries()) {
    const before = samples[index - 1];
    if (before && stands && before[0] >= fromMs) sumMs += atMs - before[0];
  }
  return sumMs / 1000;
}
