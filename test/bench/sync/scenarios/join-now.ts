import { ROOM, type BenchMember } from '../party.ts';

/** Joins by the popup as a person does; resolves, when that is done, with the time of the press. */
export async function joinNow({ name, browser, link }: BenchMember): Promise<number> {
  const popup = await browser.openPopup();
  try {
    await popup.getByLabel('Your name').fill(name);
    await popup.getByLabel('Invite link or party name').fill(link.invite(ROOM));
    const button = popup.getByRole('button', { name: 'Join', exact: true });
    const atMs = performance.now();
    await button.click();
    // A hidden tab is not what one looks at while joining: a real popup lies over the film.
    await browser.page.bringToFront();
    await popup.getByRole('button', { name: /^Leave/ }).waitFor();
    return atMs;
  } finally {
    await popup.close();
    await browser.page.bringToFront();
  }
}
