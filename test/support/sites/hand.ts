import type { Page } from 'playwright';

/** A site's own controls, as selectors. Those of test/sites/kit/page.js if not said. */
export interface SiteControls {
  /** The frame that they are in, where it is not the page. */
  frame?: string;
  toggle: string;
  bar: string;
}
export const KIT_CONTROLS: SiteControls = { toggle: '#toggle', bar: '#bar' };

/** A person's hand on a site's own controls; it moves first, since sites take controls away that nobody uses. */
export function handOn({ page }: { page: Page }, { frame, toggle, bar }: SiteControls, filmSec: number) {
  const at = frame === undefined ? page : page.frameLocator(frame);
  const wake = async () => {
    await page.bringToFront();
    await page.mouse.move(300 + Math.random() * 100, 200);
  };
  return {
    press: async () => {
      await wake();
      await at.locator(toggle).click();
    },
    jump: async (toSec: number) => {
      await wake();
      const track = at.locator(bar);
      const { width = 0, height = 0 } = (await track.boundingBox()) ?? {};
      await track.click({ position: { x: (width * toSec) / filmSec, y: height / 2 } });
    },
    /** The next of the speeds that the site offers. Only on controls of the kit. */
    changeSpeed: async () => {
      await wake();
      await at.locator('#speed').click();
    },
  };
}
