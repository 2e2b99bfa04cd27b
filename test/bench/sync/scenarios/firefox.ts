import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { launchFirefoxMember } from '../../../support/firefox.ts';
import { symmetric } from '../links/delays.ts';
import { openParty, type AnyMember } from '../party.ts';
import { installProbe } from '../rulers/media-clock.ts';
import type { Scenario } from '../scenario.ts';
import { playAndJudge } from './watch-span.ts';

const TWENTY = symmetric(20, 8, 0.03);
const SETTLE_SEC = 15;
const NAME = 'Fio';

export const firefox: Scenario = {
  name: 'firefox',
  about: `A Firefox beside two Chromium, links as in steady; counted from ${SETTLE_SEC} s after the start. Firefox rounds its page's clock to 1 ms, which is in the samples.`,
  seconds: 60,
  needs: ['firefox-esr'],
  run: async (bench) => {
    const { seconds, seed } = bench;
    await promisify(execFile)(process.execPath, [
      ...['node_modules/wxt/bin/wxt.mjs', 'build', '--mode', 'demo', '-b', 'firefox'],
    ]);
    const clip = await bench.clip(seconds + SETTLE_SEC + 60);
    await using party = await openParty({ names: ['Ana', 'Ben'], link: () => TWENTY, clip, seed });
    await using started = new AsyncDisposableStack();
    const link = await party.links.open(party.server.port, TWENTY, seed * 1000 + 9);
    const browser = started.adopt(await launchFirefoxMember(NAME, party.site.entrance(NAME)), (each) =>
      each.close(),
    );
    await browser.page.waitForFunction(() => (document.querySelector('video')?.readyState ?? 0) >= 3);
    if (browser.pid === null) throw new Error('Firefox has no process');
    const probe = await installProbe(browser.page, 100);
    const members: AnyMember[] = [...party.members, { name: NAME, browser, link, probe, pid: browser.pid }];
    await party.join(...members);
    const judged = await playAndJudge(bench, party, { variant: '', settleSec: SETTLE_SEC, seconds, members });
    return { errors: [judged.row], plots: [judged.plot] };
  },
};
