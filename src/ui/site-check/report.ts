import type { Interruption } from '../../messaging/player-port.ts';
import type { FrameFacts, SiteCheck, TryFacts } from '../../messaging/site-check.ts';

/** `good`: works. `bad`: does not. `plain`: good to know. */
export interface CheckLine {
  tone: 'good' | 'bad' | 'plain';
  text: string;
}
export interface CheckReport {
  /** One sentence that says it all. */
  verdict: CheckLine;
  lines: readonly CheckLine[];
}

const good = (text: string): CheckLine => ({ tone: 'good', text });
const bad = (text: string): CheckLine => ({ tone: 'bad', text });
const plain = (text: string): CheckLine => ({ tone: 'plain', text });

/** A clock counts as moving from a tenth of real time on. */
const MOVES_PART = 0.1;

/** What a site check found, in sentences for the person who asked. Says nothing of what is watched but its id. */
export function siteReport(check: SiteCheck): CheckReport {
  if (check.status === 'not_a_site')
    return { verdict: bad('This is a page of the browser: no extension may look into it.'), lines: [] };
  if (check.status === 'not_permitted')
    return { verdict: bad('StreamSync may not run on this site yet. Allow it, and check again.'), lines: [] };
  const page = check.frames.find(({ isTop }) => isTop);
  const withFilm = check.frames.find(({ film }) => film !== null);
  if (!page)
    return { verdict: bad('This page could not be looked into. Load it anew, and check again.'), lines: [] };
  const lines = [
    ...siteLines(page, check.rulesVersion),
    ...filmLines(check.frames, withFilm, check.hiddenFrameOrigins),
    ...(withFilm ? playerLines(withFilm) : []),
    ...identityLines(page),
    ...(withFilm ? aroundLines(withFilm) : []),
    ...triedLines(check.tried),
  ];
  return { verdict: verdictOf(lines, page, withFilm), lines };
}

/** The same as text for a bug report. */
export function reportText(check: SiteCheck, about: { version: string; browser: string }): string {
  const { verdict, lines } = siteReport(check);
  const mark = { good: '[ok]', bad: '[!!]', plain: '[--]' };
  const host = check.frames.find(({ isTop }) => isTop)?.host ?? 'unknown site';
  return [
    `StreamSync site check: ${host}`,
    `StreamSync ${about.version}, site rules ${check.rulesVersion}, ${about.browser}`,
    verdict.text,
    '',
    ...lines.map(({ tone, text }) => `${mark[tone]} ${text}`),
  ].join('\n');
}

function verdictOf(
  lines: readonly CheckLine[],
  page: FrameFacts,
  withFilm: FrameFacts | undefined,
): CheckLine {
  if (page.kind === 'refused') return bad('What this page shows cannot be watched together.');
  if (page.kind === 'live' && !page.liveKnown)
    return bad('This site’s live streams cannot be watched together yet.');
  const failed = lines.some(({ tone }) => tone === 'bad');
  if (!withFilm) {
    return failed
      ? bad('StreamSync does not find the film here.')
      : plain('There is no film on this page yet. Open one, and check again.');
  }
  return failed
    ? bad('The film was found, but not everything works here.')
    : good('StreamSync can keep this film together.');
}

function siteLines({ site, kind }: FrameFacts, rulesVersion: string): CheckLine[] {
  if (!site) return [plain('Nothing special is known of this site; any video in it is looked for.')];
  const known = good(`The site is known: ${site.name} (rules version ${rulesVersion}).`);
  const pages: Record<FrameFacts['kind'], CheckLine[]> = {
    film: [good('By its address this page shows a film.')],
    live: [plain('By its address this page shows a live stream.')],
    browse: [plain('By its address this page shows no film, but lists or previews.')],
    refused: [plain('By its address this page shows what runs on by itself, like Shorts.')],
    any: [],
  };
  return [known, ...pages[kind]];
}

function filmLines(
  frames: readonly FrameFacts[],
  withFilm: FrameFacts | undefined,
  hiddenFrameOrigins: readonly string[],
): CheckLine[] {
  const videos = frames.reduce((sum, frame) => sum + frame.videos, 0);
  const lines: CheckLine[] = [];
  if (withFilm) {
    const where = withFilm.isTop ? 'in the page itself' : `in a frame of ${withFilm.host}`;
    const among = videos > 1 ? ` among ${videos} videos` : '';
    const { widthPx = 0, heightPx = 0 } = withFilm.film ?? {};
    lines.push(good(`The film was found${among}, ${where}, ${widthPx} by ${heightPx} pixels.`));
  } else if (frames.some(({ unrecognised }) => unrecognised)) {
    lines.push(bad('Something plays, but not where this site has its film: the site may have changed.'));
  } else
    lines.push(
      plain(videos === 0 ? 'There is no video here.' : `${counted(videos, 'video')} here, none a film.`),
    );
  for (const origin of hiddenFrameOrigins) {
    const text = `A part of the page comes from ${hostOf(origin)}, where StreamSync may not look yet.`;
    lines.push(withFilm ? plain(text) : bad(text));
  }
  return lines;
}

const ON_INSTEAD: Record<Interruption['kind'], (left: string) => CheckLine> = {
  ad: (left) => good(`An ad is on now${left}, and it is known to be one.`),
  loading: () => plain('The player is still loading.'),
  still_watching: () => plain('The site asks whether anybody is still watching.'),
  error: () => bad('The site shows an error instead of the film.'),
  unreadable: () => bad('The site’s player is there, but it is not understood: the site may have changed.'),
};

function playerLines({ film, bridge, can }: FrameFacts): CheckLine[] {
  if (!film) return [];
  const lines: CheckLine[] = [];
  const { interruption, paused, movedSec, overMs } = film;
  if (bridge) lines.push(BRIDGE[bridge.answer]);
  const left = interruption?.leftSec === null ? '' : `, ${Math.round(interruption?.leftSec ?? 0)} s left`;
  const noAnswer = bridge !== null && bridge.answer !== 'reading' && interruption?.kind === 'loading';
  // Without an answer nothing more is known of it.
  if (noAnswer) return lines;
  if (interruption) lines.push(ON_INSTEAD[interruption.kind](left));
  else if (paused) lines.push(good('The film is paused, and its clock stands.'));
  else if (Math.abs(movedSec) * 1000 >= overMs * MOVES_PART) lines.push(good('The film’s clock moves.'));
  else lines.push(bad('The film plays, but its clock does not move.'));
  const byPlayer = bridge?.drives.map((act) => ACTS[act]) ?? [];
  const whose = byPlayer.length > 0 ? `; the site’s own player does this: ${byPlayer.join(', ')}` : '';
  lines.push(plain(`It can be played, paused and sought${whose}.`));
  lines.push(
    can.rate
      ? plain('Its speed can be changed, so small differences are closed unnoticed.')
      : plain('Its speed is left alone: differences are closed by short jumps.'),
  );
  return lines;
}

const ACTS = { play: 'play', pause: 'pause', seek: 'jumps' } as const;

const BRIDGE: Record<NonNullable<FrameFacts['bridge']>['answer'], CheckLine> = {
  reading: good('The site’s own player answers.'),
  no_player: bad('The site’s own player is not where it is expected.'),
  failed: bad('The site’s own player fails when it is asked.'),
  silent: bad('The site’s own player could not be reached.'),
};

function identityLines({ site, kind, contentId, titleShown }: FrameFacts): CheckLine[] {
  if (kind === 'browse' || kind === 'refused') return [];
  if (!site) return [plain('Friends are brought here by the address of this page.')];
  const named =
    contentId === null ? bad('What is on could not be named.') : good(`What is on is named ${contentId}.`);
  const title = titleShown === false ? [plain('Its title is not on the page just now.')] : [];
  return [named, ...title];
}

const LIVE = good('It is a live stream, and known how far behind it is.');

function aroundLines({ film, site, adsKnown, liveKnown, fullScreen }: FrameFacts): CheckLine[] {
  return [
    ...(site
      ? [
          adsKnown
            ? good('Ads of this site are told from its films.')
            : plain('No ads are known of this site.'),
        ]
      : []),
    ...(film?.live
      ? [liveKnown ? LIVE : bad('It is a live stream, whose clock is another for everybody.')]
      : []),
    plain(
      film?.isProtected
        ? 'The film is protected (DRM), which is no hindrance.'
        : 'The film is not protected (DRM).',
    ),
    fullScreen.allowed
      ? plain(`The party is also shown over the film in full screen${fullScreen.now ? ', as now' : ''}.`)
      : bad('This page does not let its film fill the screen.'),
  ];
}

function triedLines(tried: TryFacts | null): CheckLine[] {
  if (!tried) return [];
  const words: [keyof TryFacts, string][] = [
    ['playing', 'Pausing and playing'],
    ['seek', 'Jumping'],
    ['rate', 'Another speed'],
  ];
  return words.flatMap(([name, text]) => {
    const obeyed = tried[name];
    if (obeyed === null) return [];
    return [obeyed ? good(`${text} was tried, and works.`) : bad(`${text} was tried, and does not work.`)];
  });
}

function counted(count: number, word: string): string {
  return count === 1 ? `There is one ${word}` : `There are ${count} ${word}s`;
}

function hostOf(origin: string): string {
  return URL.canParse(origin) ? new URL(origin).hostname : origin;
}
