import type { Frame, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/protocol/index.ts';
import { BareClient } from '../server/support.ts';
import { launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { openDrawer } from '../support/overlay.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

const ZALGO = `Z${'\u0334\u0351\u0489'.repeat(40)}`;
const NAMES = {
  image: '<img src=x onerror="window.owned=1">',
  script: '"><script>window.owned=1</script>',
  link: 'javascript:window.owned=1//',
  zalgo: ZALGO.slice(0, LIMITS.displayNameChars),
  long: 'W'.repeat(LIMITS.displayNameChars),
};
const TURNED = 'before \u202egnp.exe\u2066 after';
const CONTROLLED = 'a\u0000b\u0007c\u001b[31md';
const TEXTS = [
  '<img src=x onerror="window.owned=1">',
  '</p></div><script>window.owned=1</script>',
  '<svg/onload=window.owned=1><iframe srcdoc="<script>parent.owned=1</script>">',
  'javascript:window.owned=1 and data:text/html,<script>window.owned=1</script>',
  '[here](javascript:window.owned=1) https://x.example/"onmouseover="window.owned=1',
  '{{constructor.constructor("window.owned=1")()}} ${window.owned=1} {"__html":"<b>x</b>"}',
  TURNED,
  CONTROLLED,
  'W'.repeat(LIMITS.chatTextChars),
  `zalgo ${ZALGO.repeat(6)} end`,
];
/** Without what turns the reading direction, and without controls. */
const CLEANED = new Map([
  [TURNED, 'before gnp.exe after'],
  [CONTROLLED, 'abc[31md'],
]);
const SHOWN_TEXTS = TEXTS.map((text) => CLEANED.get(text) ?? text);
/** No more than four marks are piled on a letter. */
const SHOWN_NAMES = { ...NAMES, zalgo: ZALGO.slice(0, 5) };
const TITLE = '<b>bold</b><script>window.owned=1</script><img src=x onerror=window.owned=1>';

let party: TestParty<'Ana', ChromiumMember>;
let Ana: ChromiumMember;
const others: BareClient[] = [];

beforeAll(async () => {
  party = await startParty(['Ana'] as const, (name, url) => launchChromium(name, url));
  ({ Ana } = party.members);
  await party.join('Ana');
  for (const [userId, displayName] of Object.entries(NAMES)) {
    const other = await BareClient.open(`ws://127.0.0.1:${party.server.port}`);
    others.push(other);
    await other.ask('room/join', { roomId: party.room, client: { userId, displayName } });
  }
});
afterAll(async () => {
  for (const { socket } of others) socket.terminate();
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
});

describe('what others say, by a client that knows only v1', () => {
  test('is text over the film: names, lines and the film’s title', async () => {
    const drawer = await openDrawer(Ana);
    for (const text of TEXTS) await others[0]?.ask('chat/send', { roomId: party.room, text });
    const bubbles = drawer.locator('.bubble');
    await expect.poll(() => bubbles.count()).toBe(TEXTS.length);
    expect(await bubbles.allTextContents()).toEqual(SHOWN_TEXTS);
    for (const name of Object.values(SHOWN_NAMES)) {
      await drawer
        .getByRole('list', { name: 'Members' })
        .locator('bdi')
        .getByText(name, { exact: true })
        .waitFor();
    }
    await expectHarmless(drawer);
    const end = () =>
      drawer.getByRole('log').evaluate((log) => log.scrollHeight - log.scrollTop - log.clientHeight);
    await expect.poll(end).toBeLessThan(2);
  });

  test('leads nowhere that it does not name', async () => {
    const drawer = await openDrawer(Ana);
    const links = await drawer
      .getByRole('log')
      .locator('a')
      .evaluateAll((all) => all.map((a) => (a as HTMLAnchorElement).href));
    expect(links).toEqual(['https://x.example/']);
  });

  test('is text in the popup', async () => {
    const popup = await Ana.openPopup();
    await popup
      .locator('.bubble')
      .nth(TEXTS.length - 1)
      .waitFor();
    await expectHarmless(popup);
    await popup.close();
    await Ana.page.bringToFront();
  });

  test('cannot take a tab to an address that is a script', async () => {
    const content = {
      contentId: 'javascript:window.owned=1',
      meta: { title: TITLE, url: 'javascript:window.owned=1' },
    };
    await others[0]?.ask('watch/set_content', { roomId: party.room, ...content });
    const popup = await Ana.openPopup();
    await popup.getByText(TITLE).first().waitFor();
    const back = popup.getByRole('button', { name: 'Back to the party' });
    for (const button of await back.all()) await button.click();
    await expectHarmless(popup);
    await popup.close();
    expect(await Ana.page.evaluate(() => 'owned' in window)).toBe(false);
    expect(Ana.page.url()).toBe(`${party.site.origin}/film`);
  });

  test('is text on the invite page', async () => {
    const invite = await Ana.context.newPage();
    await invite.goto(`http://127.0.0.1:${party.server.port}/join/${encodeURIComponent(party.room)}`);
    for (const name of [NAMES.image, NAMES.script, NAMES.link]) await invite.getByText(name).waitFor();
    await invite.getByText(TITLE).waitFor();
    await expectHarmless(invite);
    await invite.close();
  });

  test('[ERR-1] cannot pass for another name, nor be an emoji that is none', async () => {
    const wolf = await BareClient.open(`ws://127.0.0.1:${party.server.port}`);
    others.push(wolf);
    const join = (displayName: string) =>
      wolf.ask('room/join', {
        roomId: party.room,
        client: { userId: 'wolf', displayName },
        caps: ['history', 'reactions'],
      });
    for (const name of ['\u202eanA', 'Ana\u0000', 'Ana\u2066', ' \t ']) {
      expect((await join(name)).at(-1)?.payload).toMatchObject({ code: 'bad_request' });
    }
    expect((await join('Wolf')).at(-1)?.type).toBe('ack');
    for (const emoji of ['<b>x</b>', 'owned', '😂😂😂😂', '\u202e', '😂<script>']) {
      const told = await wolf.ask('chat/react', { roomId: party.room, emoji });
      expect(told.at(-1)?.payload, emoji).toMatchObject({ code: 'bad_request' });
    }
  });
});

/** Nothing of it ran, nothing of it became an element, and the page holds together. */
async function expectHarmless(place: Page | Frame): Promise<void> {
  const found = await place.evaluate(() => ({
    owned: 'owned' in window,
    elements: [
      ...document.querySelectorAll(
        'body b, body iframe, img[src="x"], body svg[onload], #app script, main script',
      ),
    ].map(({ outerHTML }) => outerHTML),
    squeezed: [...document.querySelectorAll('.member')]
      .filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight)
      .map(({ textContent }) => textContent),
    tooWide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
  }));
  expect(found).toEqual({ owned: false, elements: [], squeezed: [], tooWide: 0 });
  const field = place.getByRole('textbox', { name: /message/i });
  if ((await field.count()) > 0) await field.click({ trial: true });
}
