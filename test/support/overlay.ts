import type { Frame, Page } from 'playwright';
import type { ChromiumMember } from './chromium.ts';
import { until } from './until.ts';

/** Every frame of a page that shows the extension's overlay page, whoever has put it there. */
export const overlayFrames = (page: Page): Frame[] =>
  page.frames().filter((frame) => frame.url().endsWith('/overlay.html'));

/** The overlay of a page, once it is there. */
export async function overlayOf(page: Page): Promise<Frame> {
  const missing = async () => {
    if (overlayFrames(page).length > 0) return null;
    const put = await page.evaluate(() => document.querySelectorAll('html > div').length);
    const frames = page.frames().map((frame) => frame.url());
    return `no overlay: ${put} elements over the page, frames ${frames.join()}`;
  };
  await until(missing, { timeoutMs: 8000 });
  const frame = overlayFrames(page)[0];
  if (!frame) throw new Error('no overlay');
  return frame;
}

/** The overlay of a member's film, unfolded by a click if it is not. */
export async function openDrawer({ page }: Pick<ChromiumMember, 'page'>): Promise<Frame> {
  const overlay = await overlayOf(page);
  await overlay.locator('.pill, .drawer').waitFor();
  const pill = overlay.getByRole('button', { name: /^Open the party/ });
  if ((await pill.count()) > 0) await pill.click();
  await overlay.getByRole('heading', { level: 1 }).waitFor();
  await overlay.waitForFunction(canBePressed);
  return overlay;
}

/** A press is taken only once its person has seen what is there (src/ui/overlay/click-guard.ts): the drawer, not the pill. */
function canBePressed(): boolean {
  return innerWidth > 200 && !('unarmed' in document.documentElement.dataset);
}

/** Waits until what is typed goes into the chat's field: a press takes a moment to give it the keys. */
export async function typingIn(overlay: Frame): Promise<void> {
  const missing = async () => ((await overlay.evaluate(hasKeys)) ? null : 'the field has not the keys');
  await until(missing, { timeoutMs: 3000 });
}

function hasKeys(): boolean {
  return document.hasFocus() && document.activeElement?.id === 'chat-text';
}

/** Where the overlay stands, in CSS pixels of the page. */
export function overlayBox(page: Page) {
  return page.evaluate(() => {
    const within = document.fullscreenElement?.matches(':not(video, iframe)')
      ? document.fullscreenElement
      : document.documentElement;
    const host = [...within.children].findLast(
      (child) => child instanceof HTMLDivElement && child.style.zIndex === '2147483647',
    );
    const box = host?.getBoundingClientRect();
    return box ? { x: box.x, y: box.y, width: box.width, height: box.height } : null;
  });
}

/** What a key of the browser does: none can be pressed from outside, so the extension is told as the browser tells it. */
export async function pressShortcut({ context }: ChromiumMember, name: string): Promise<void> {
  await context.serviceWorkers()[0]?.evaluate(`chrome.commands.onCommand.dispatch(${JSON.stringify(name)})`);
}
