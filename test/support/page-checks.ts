import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright';
import { expect } from 'vitest';

/** What of axe depends on colours: the rest is the same in the dark. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

export interface PageOf {
  url: string;
  /** Of the window, CSS px. */
  size: { width: number; height: number };
  /** Rules of axe that do not fit this page. */
  exempt?: string[];
  /** What is done before the page is looked at. */
  before?: (page: Page) => Promise<unknown>;
}

/**
 * Looks at a page as different persons have it: in both schemes, written from right to left, in the few colours of their system
 * and without motion. In a context that wants no motion.
 */
export async function expectFine(
  context: BrowserContext,
  { url, size, exempt = [], before }: PageOf,
): Promise<void> {
  const page = await context.newPage();
  try {
    await page.setViewportSize(size);
    await page.goto(url);
    await page.locator('main, .folded').waitFor();
    await before?.(page);
    expect(await findings(page, (axe) => axe.disableRules(exempt)), 'light').toEqual([]);
    expect(await page.evaluate(cutOff), 'cut off').toEqual([]);
    expect(await page.evaluate(moving), 'moving').toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await findings(page, (axe) => axe.withRules(COLOUR_RULES)), 'dark').toEqual([]);
    await page.emulateMedia({ forcedColors: 'active' });
    expect(await page.evaluate(cutOff), 'cut off in forced colours').toEqual([]);
    await page.evaluate(() => (document.documentElement.dir = 'rtl'));
    expect(await page.evaluate(cutOff), 'cut off from right to left').toEqual([]);
  } finally {
    await page.close();
  }
}

async function findings(page: Page, choose: (axe: AxeBuilder) => AxeBuilder): Promise<string[][]> {
  // The other mode opens a second page for each look, for the sake of frames; these pages have none.
  const { violations } = await choose(new AxeBuilder({ page }).setLegacyMode()).analyze();
  return violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]);
}

/** Runs in the page: what stands beyond its sides, and what hides a part of itself that nobody can scroll to. */
function cutOff(): string[] {
  const found: string[] = [];
  const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (wide > 0) found.push(`the page is ${wide} px too wide`);
  for (const element of document.querySelectorAll<HTMLElement>(
    'button, a, input, select, textarea, h1, h2, p, label',
  )) {
    const { left, right, width } = element.getBoundingClientRect();
    if (width <= 1 || element.closest('.visually-hidden')) continue;
    if (left < -1 || right > innerWidth + 1)
      found.push(`beyond the side: ${element.outerHTML.slice(0, 120)}`);
  }
  for (const list of document.querySelectorAll('ul.members, ul.faces')) {
    const boxes = [...list.children].map((each) => each.getBoundingClientRect());
    for (const [at, { top, left }] of boxes.entries()) {
      const under = boxes
        .slice(0, at)
        .find((box) => top < box.bottom - 1 && left < box.right - 1 && left >= box.left);
      if (under) found.push(`number ${at + 1} of ${list.className} lies over another`);
    }
  }
  for (const element of document.querySelectorAll<HTMLElement>('main, main > *')) {
    const { overflowY } = getComputedStyle(element);
    const hidden = element.scrollHeight - element.clientHeight;
    if (/hidden|clip/.test(overflowY) && hidden > 1 && element.clientHeight > 0 && element.textContent !== '')
      found.push(`${hidden} px below the end of ${element.className || element.localName}`);
  }
  return found;
}

/** Runs in the page: what moves by itself. */
function moving(): string[] {
  return document.getAnimations().flatMap((each) => {
    const target = each.effect instanceof KeyframeEffect ? each.effect.target : null;
    return each.playState === 'running' ? [target?.className ?? 'something'] : [];
  });
}
