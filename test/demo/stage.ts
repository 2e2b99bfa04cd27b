import { startServer } from '../../src/server/start-server.ts';
import { launchChromium } from '../support/chromium.ts';
import { startFilmSite } from '../support/film-site.ts';
import { startTap, type Tap } from '../support/tap.ts';
import { buildExtension } from './build.ts';
import type { DemoOptions } from './options.ts';
import { watch, type Watched } from './watched.ts';

const ROOM = 'film-night';
const NAMES = ['Ana', 'Ben'] as const;
/** Two of these stand side by side on a small laptop's screen. */
const WINDOW = { width: 640, height: 620 };

export interface Stage {
  serverUrl: string;
  filmUrl: string;
  inviteUrl: string;
  watched: readonly [Watched, Watched];
  /** What persons' acts became on the wire, both together. */
  intents: () => number;
}

/** What was started, to be ended in the reverse order whatever happens. */
export class Started {
  #ends: (() => unknown)[] = [];

  add(end: () => unknown): void {
    this.#ends.push(end);
  }

  async end(): Promise<void> {
    for (let end = this.#ends.pop(); end; end = this.#ends.pop()) {
      try {
        await end();
      } catch {
        // It has ended by itself: a closed window, say.
      }
    }
  }
}

/** Starts all there is to a party of two, and has both join by the popup. `say` is told each step. */
export async function setStage(
  { headless, port }: DemoOptions,
  started: Started,
  say: (line: string) => void,
): Promise<Stage> {
  say('Building the extension …');
  await buildExtension();

  const server = await startServer({ port });
  started.add(() => server.close());
  const site = await startFilmSite();
  started.add(() => site.close());
  const taps = [await startTap(server.port), await startTap(server.port)] as const;
  for (const tap of taps) started.add(() => tap.close());
  const filmUrl = `${site.origin}/film`;

  say('Opening two Chromium …');
  const open = async (index: 0 | 1) => {
    // The latter keeps a warning about the missing sandbox out of the picture.
    const place = [`--window-position=${index * (WINDOW.width + 10)},0`, '--test-type'];
    const member = await launchChromium(NAMES[index], filmUrl, {
      headless,
      viewport: WINDOW,
      handleSignals: false,
      args: headless ? [] : place,
    });
    started.add(() => member.close());
    return member;
  };
  // Whoever is open by then is closed even when the other fails to open.
  const [first, second] = await both([open(0), open(1)]);

  say('Ana and Ben join by the popup …');
  await first.join(taps[0].invite(ROOM));
  await second.join(taps[1].invite(ROOM));
  const watched = [await watch(first), await watch(second)] as const;
  const sentByJoining = countIntents(taps);
  return {
    serverUrl: server.url,
    filmUrl,
    inviteUrl: `${server.url}/join/${ROOM}`,
    watched,
    intents: () => countIntents(taps) - sentByJoining,
  };
}

async function both<T>(work: [Promise<T>, Promise<T>]): Promise<[T, T]> {
  await Promise.allSettled(work);
  return Promise.all(work);
}

function countIntents(taps: readonly Tap[]): number {
  return taps.reduce((sum, tap) => sum + tap.intents(), 0);
}
