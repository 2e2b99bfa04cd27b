import { apple } from './apple/rule.ts';
import { crunchyroll } from './crunchyroll/rule.ts';
import { disneyplus } from './disneyplus/rule.ts';
import { emby } from './emby/rule.ts';
import { hulu } from './hulu/rule.ts';
import { jellyfin } from './jellyfin/rule.ts';
import { max } from './max/rule.ts';
import { netflix } from './netflix/rule.ts';
import { paramount } from './paramount/rule.ts';
import { peacock } from './peacock/rule.ts';
import { plex } from './plex/rule.ts';
import { prime } from './prime/rule.ts';
import type { SiteRule } from './site-rule.ts';
import { twitch } from './twitch/rule.ts';
import { vimeo } from './vimeo/rule.ts';
import { youtube } from './youtube/rule.ts';

/** Goes up with each change of what is known of a site; told in a site check. */
export const RULES_VERSION = 3;

export const SITES: readonly SiteRule[] = [
  netflix,
  youtube,
  disneyplus,
  prime,
  max,
  hulu,
  crunchyroll,
  peacock,
  paramount,
  apple,
  twitch,
  vimeo,
  plex,
  jellyfin,
  emby,
];
