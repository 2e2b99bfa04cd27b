import { browser } from 'wxt/browser';
import { frameFacts, tryFacts, type FrameFacts, type SiteCheck } from '../messaging/site-check.ts';
import { RULES_VERSION } from '../sites/rules-version.ts';
import type { Frames } from './frames.ts';
import { notPermitted } from './permitted.ts';
import type { Prober } from './prober.ts';
import { injectBridge } from './browser-tabs.ts';

const NOTHING: SiteCheck = {
  status: 'looked',
  rulesVersion: RULES_VERSION,
  frames: [],
  hiddenFrameOrigins: [],
  tried: null,
};

/** Looks into a tab more closely than a party does, for a person who asks whether its site works. */
export class SiteChecker {
  readonly #frames: Frames;
  readonly #prober: Prober;

  constructor(frames: Frames, prober: Prober) {
    this.#frames = frames;
    this.#prober = prober;
  }

  /** @param tries Whether the person agreed to have the film paused, sought and sped up for a moment. */
  async check(tabId: number, tries: boolean, stays: () => boolean): Promise<SiteCheck> {
    const looked = await this.#prober.visit(tabId, stays, async () => {
      const handles = this.#frames.handles(tabId);
      // The bridge of a party is there already.
      if (!stays()) await Promise.all(handles.map(injectBridge));
      const found = await run(tabId, '/site-check.js', (result) => frameFacts.safeParse(result).data ?? null);
      const withFilm = found.find(({ fact }) => fact.film !== null);
      const tried =
        tries && withFilm && !stays()
          ? await run(
              tabId,
              '/site-try.js',
              (result) => tryFacts.safeParse(result).data ?? null,
              withFilm.frameId,
            )
          : [];
      return {
        ...NOTHING,
        frames: found.map(({ fact }) => fact).sort(byFilm),
        hiddenFrameOrigins: await notPermitted(this.#frames.largeOrigins(tabId)),
        tried: tried[0]?.fact ?? null,
      };
    });
    return typeof looked === 'string' ? { ...NOTHING, status: looked } : looked;
  }
}

/** The frame with the film comes first, then the page itself. */
function byFilm(a: FrameFacts, b: FrameFacts): number {
  const weight = ({ film, isTop }: FrameFacts) => (film ? 2 : 0) + (isTop ? 1 : 0);
  return weight(b) - weight(a);
}

/** Runs a script of ours in a tab's frames and takes what they return. */
async function run<T>(
  tabId: number,
  file: '/site-check.js' | '/site-try.js',
  parse: (result: unknown) => T | null,
  frameId?: number,
): Promise<{ frameId: number; fact: T }[]> {
  const target = frameId === undefined ? { tabId, allFrames: true } : { tabId, frameIds: [frameId] };
  const results = await browser.scripting.executeScript({ target, files: [file] }).catch(() => []);
  return results.flatMap(({ frameId: id, result }) => {
    const fact = parse(result);
    return fact === null ? [] : [{ frameId: id, fact }];
  });
}
