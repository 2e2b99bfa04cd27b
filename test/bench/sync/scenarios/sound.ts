import { setTimeout as delay } from 'node:timers/promises';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { symmetric } from '../links/delays.ts';
import { idealOf, judge, startWatching } from '../measure.ts';
import { openParty } from '../party.ts';
import type { Scenario } from '../scenario.ts';
import { openStage, rowOf } from '../stage.ts';

const SETTLE_SEC = 10;

export const sound: Scenario = {
  name: 'sound',
  about: `As steady, in windows on one screen and with sound: the same span by media clocks, by what the screen shows at one moment, and by what is heard. Counted from ${SETTLE_SEC} s after the start.`,
  seconds: 60,
  needs: ['ffmpeg', 'Xvfb', 'pulseaudio', 'pactl', 'parec'],
  run: async (bench) => {
    const { seconds, seed, scenario, raw } = bench;
    const clip = await bench.clip(seconds + SETTLE_SEC + 30);
    await using stage = await openStage(3);
    await using party = await openParty({
      link: () => symmetric(20, 8, 0.03),
      clip,
      seed,
      launch: stage.launch,
    });
    const { members } = party;
    await party.join(...members);
    const watching = startWatching(members);
    await members[0]?.browser.press('toggle');
    await delay(SETTLE_SEC * 1000);
    const soundPath = join(tmpdir(), `streamsync-heard-${process.pid}.pcm`);
    const staged = await stage.watch(members, soundPath);
    const fromMs = performance.now();
    await delay(seconds * 1000);
    const span = { fromMs, toMs: performance.now() };
    const { pixels, sound } = await staged.stop();
    const seen = await watching.stop();
    await rm(soundPath, { force: true });
    const what = { variant: '', player: 'streamsync' };
    const judged = judge({ scenario, ...what }, seen, span, idealOf(party), raw);
    return {
      errors: [
        judged.row,
        rowOf({ ...what, ruler: 'pixels' }, pixels, raw),
        rowOf({ ...what, ruler: 'sound' }, sound, raw),
      ],
      plots: [
        judged.plot,
        {
          title: 'sound, by what is heard',
          name: 'sound-heard',
          series: sound.map(({ label, errors }) => ({
            label,
            points: errors.map(({ atMs, ms }) => [(atMs - fromMs) / 1000, ms] as const),
          })),
        },
      ],
    };
  },
};
