import type { RawLog } from '../output/raw-log.ts';
import { figuresOf, mean, median } from '../statistics.ts';
import type { LaunchOptions } from '../../support/chromium.ts';
import type { BenchMember } from './party.ts';
import { biasOf, allErrors } from './measure.ts';
import type { ErrorRow } from './outcome.ts';
import type { Pair } from './rulers/pairs.ts';
import { seePairs, startGrabbing } from './rulers/pixels.ts';
import { startScreen, type Screen } from './rulers/screen.ts';
import { hearPairs, startSoundCard, type SoundCard } from './rulers/sound.ts';
import { placeOfFilm } from './rulers/window-place.ts';

const WINDOW = { width: 500, height: 420 };

/** A screen and a sound card for a party, to be seen and heard by. */
export interface Stage extends AsyncDisposable {
  launch: (index: number) => LaunchOptions;
  /** Sees and hears until it is stopped. */
  watch: (members: readonly BenchMember[], soundPath: string) => Promise<{ stop: () => Promise<StageSeen> }>;
}

export interface StageSeen {
  pixels: Pair[];
  sound: Pair[];
}

export async function openStage(members: number): Promise<Stage> {
  await using started = new AsyncDisposableStack();
  const screen: Screen = started.use(await startScreen(WINDOW.width * members, WINDOW.height));
  const card: SoundCard = started.use(await startSoundCard(members));
  const running = started.move();
  return {
    launch: (index) => ({
      headless: false,
      viewport: { width: WINDOW.width, height: 300 },
      env: { ...screen.env, ...card.envOf(index) },
      withoutArgs: ['--mute-audio'],
      // The latter keeps a warning about the missing sandbox out of the picture.
      args: [
        `--window-position=${index * WINDOW.width},0`,
        `--window-size=${WINDOW.width},${WINDOW.height}`,
        '--test-type',
      ],
    }),
    watch: async (who, soundPath) => {
      const names = who.map(({ name }) => name);
      const places = await Promise.all(who.map(({ browser }) => placeOfFilm(browser.page)));
      const recording = await card.record(soundPath);
      const grabbing = startGrabbing(screen, places);
      return {
        stop: async () => {
          const grabs = await grabbing.stop();
          await recording.stop();
          return {
            pixels: seePairs(grabs, names),
            sound: await hearPairs(soundPath, names, recording.startedAtMs),
          };
        },
      };
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** What a ruler other than the media clock says of the same span. */
export function rowOf(
  what: { variant: string; player: string; ruler: 'pixels' | 'sound' },
  pairs: readonly Pair[],
  raw: RawLog,
): ErrorRow {
  const { variant, player, ruler } = what;
  for (const { label, errors } of pairs) raw.line({ kind: ruler, variant, player, label, errors });
  const details = pairs.flatMap(({ label, errors }) => {
    const ms = errors.map((error) => error.ms);
    return [
      [`median ${label} ms`, median(ms)],
      [`mean ${label} ms`, mean(ms)],
    ];
  });
  return {
    variant,
    player,
    ruler,
    pairs: figuresOf(allErrors(pairs)),
    biasMs: biasOf(pairs),
    ideal: null,
    effort: null,
    cpuCores: null,
    unseen: pairs.reduce((sum, { unseen }) => sum + unseen, 0),
    details: Object.fromEntries(details) as Record<string, number>,
  };
}
