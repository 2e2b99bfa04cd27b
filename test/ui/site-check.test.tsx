// @vitest-environment happy-dom
import { cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { afterEach, describe, expect, it } from 'vitest';
import type { FrameFacts, SiteCheck } from '../../src/messaging/site-check.ts';
import { reportText, siteReport } from '../../src/ui/site-check/report.ts';
import { SiteCheckCard } from '../../src/ui/site-check/site-check.tsx';
import { fakeHost } from './fake-host.ts';

afterEach(cleanup);

const FILM: NonNullable<FrameFacts['film']> = {
  widthPx: 1280,
  heightPx: 720,
  durationSec: 5400,
  live: false,
  isProtected: true,
  paused: false,
  movedSec: 1,
  overMs: 1000,
  interruption: null,
};
const NETFLIX: FrameFacts = {
  isTop: true,
  host: 'www.netflix.com',
  site: { site: 'netflix', name: 'Netflix' },
  kind: 'film',
  contentId: 'netflix:81234567',
  titleShown: true,
  videos: 6,
  named: { films: 1, decoys: 1 },
  unrecognised: false,
  film: FILM,
  bridge: { answer: 'reading', tells: ['contentSec', 'elementSec'], drives: ['seek'] },
  adsKnown: true,
  liveKnown: false,
  can: { rate: true, seekToleranceSec: 2 },
  fullScreen: { allowed: true, now: false },
};
const check = (frame: Partial<FrameFacts> = {}, more: Partial<SiteCheck> = {}): SiteCheck => ({
  status: 'looked',
  rulesVersion: 'test',
  frames: [{ ...NETFLIX, ...frame }],
  hiddenFrameOrigins: [],
  tried: null,
  ...more,
});
const failures = (found: SiteCheck) =>
  siteReport(found).lines.flatMap(({ tone, text }) => (tone === 'bad' ? [text] : []));

describe('what a site check says', () => {
  it('of a site that works is one good sentence, and nothing failed', () => {
    const { verdict, lines } = siteReport(check());
    expect(verdict).toEqual({ tone: 'good', text: 'StreamSync can keep this film together.' });
    expect(failures(check())).toEqual([]);
    expect(lines.map(({ text }) => text)).toContain(
      'The film was found among 6 videos, in the page itself, 1280 by 720 pixels.',
    );
  });

  it.each<[string, SiteCheck, RegExp]>([
    [
      'a player that is gone',
      check({ bridge: { answer: 'no_player', tells: [], drives: ['seek'] } }),
      /not where it is expected/,
    ],
    [
      'a player that throws',
      check({ bridge: { answer: 'failed', tells: [], drives: [] } }),
      /fails when it is asked/,
    ],
    ['selectors that fit no more', check({ film: null, unrecognised: true }), /may have changed/],
    ['a clock that stands', check({ film: { ...FILM, movedSec: 0 } }), /does not move/],
    ['a film without a name', check({ contentId: null }), /could not be named/],
    [
      'a frame that is closed to us',
      check({ film: null }, { hiddenFrameOrigins: ['https://player.example'] }),
      /player\.example/,
    ],
    ['a live stream', check({ film: { ...FILM, live: true } }), /live stream/],
    [
      'a jump that was not obeyed',
      check({}, { tried: { playing: true, seek: false, rate: null } }),
      /Jumping was tried/,
    ],
  ])('names %s', (_, found, words) => {
    expect(failures(found).join()).toMatch(words);
    expect(siteReport(found).verdict.tone).toBe('bad');
  });

  it('says what is on instead of the film, and how long it takes', () => {
    const found = check({ film: { ...FILM, movedSec: 0, interruption: { kind: 'ad', leftSec: 12.4 } } });
    expect(siteReport(found).lines.map(({ text }) => text)).toContain(
      'An ad is on now, 12 s left, and it is known to be one.',
    );
    expect(failures(found)).toEqual([]);
  });

  it('of a page that has no film yet is no failure', () => {
    expect(siteReport(check({ kind: 'browse', film: null })).verdict.tone).toBe('plain');
  });

  it('tells a bug report the versions, but of a site that is not known no address', () => {
    const secret = 'https://films.example/watch?token=hush';
    const found = check({ site: null, host: 'films.example', contentId: secret, kind: 'any', bridge: null });
    const text = reportText(found, { version: '0.1.0', browser: 'Firefox/153.0' });
    expect(text).toContain('StreamSync 0.1.0, site rules test, Firefox/153.0');
    expect(text).toContain('films.example');
    expect(text).not.toContain('hush');
  });
});

describe('the card', () => {
  const open = () => {
    const fake = fakeHost({ siteCheck: check() });
    render(<SiteCheckCard host={fake.host} tabId={7} mayTry />);
    const card = screen.getByText('Does this site work?').closest('details');
    if (card) card.open = true;
    if (card) fireEvent(card, new Event('toggle'));
    return fake;
  };

  it('looks when it is unfolded, and hands out words to copy', async () => {
    const { acts } = open();
    await screen.findByText('StreamSync can keep this film together.');
    fireEvent.click(screen.getByRole('button', { name: 'Copy for a bug report' }));
    await screen.findByText(/^Copied/);
    expect(acts.join()).toContain('StreamSync site check: www.netflix.com');
  });

  it('tries the player only when asked', async () => {
    open();
    await screen.findByText('StreamSync can keep this film together.');
    expect(screen.queryByText(/was tried/)).toBeNull();
    fireEvent.click(screen.getByRole('button', { name: 'Try the player' }));
    await screen.findByText('Jumping was tried, and works.');
  });
});
