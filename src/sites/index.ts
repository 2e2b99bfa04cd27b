import * as apple from './apple/rule.ts';
import * as crunchyroll from './crunchyroll/rule.ts';
import * as disneyplus from './disneyplus/rule.ts';
import * as emby from './emby/rule.ts';
import * as hulu from './hulu/rule.ts';
import * as jellyfin from './jellyfin/rule.ts';
import * as max from './max/rule.ts';
import * as netflix from './netflix/rule.ts';
import * as paramount from './paramount/rule.ts';
import * as peacock from './peacock/rule.ts';
import * as plex from './plex/rule.ts';
import * as prime from './prime/rule.ts';
import type { SiteExamples } from './site-examples.ts';
import type { SiteRule } from './site-rule.ts';
import * as twitch from './twitch/rule.ts';
import * as vimeo from './vimeo/rule.ts';
import * as youtube from './youtube/rule.ts';

/** Known sites. The order is that of README's table. */
const RULES = [
  netflix.rule,
  youtube.rule,
  disneyplus.rule,
  prime.rule,
  max.rule,
  hulu.rule,
  crunchyroll.rule,
  peacock.rule,
  paramount.rule,
  apple.rule,
  twitch.rule,
  vimeo.rule,
  plex.rule,
  jellyfin.rule,
  emby.rule,
] as const satisfies readonly SiteRule[];

type KnownRule = (typeof RULES)[number];
export type SiteName = KnownRule['site'];
/** A site with a script in its page's main world: `src/sites/<name>/page-world.ts`, built as `bridge-<name>.js`. */
export type BridgeName = Extract<KnownRule, { bridge: object } | { live: { bridge: true } }>['site'];

export const SITES: readonly (SiteRule & { site: SiteName })[] = RULES;

/** For tests and documents only. A site without a fixture does not compile. */
export const EXAMPLES = {
  netflix: netflix.examples,
  youtube: youtube.examples,
  disneyplus: disneyplus.examples,
  prime: prime.examples,
  max: max.examples,
  hulu: hulu.examples,
  crunchyroll: crunchyroll.examples,
  peacock: peacock.examples,
  paramount: paramount.examples,
  apple: apple.examples,
  twitch: twitch.examples,
  vimeo: vimeo.examples,
  plex: plex.examples,
  jellyfin: jellyfin.examples,
  emby: emby.examples,
} satisfies Record<SiteName, SiteExamples>;
