import { readdir } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { Frame, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import type { ClientMessage } from '../../src/protocol/index.ts';
import { BareClient } from '../server/support.ts';
import { CHROME_BUILD, launchChromium, type ChromiumMember } from '../support/chromium.ts';
import { DISGUISES, lookAround, overhear, shrinkUnderPress } from '../support/hostile-page.ts';
import { openDrawer, overlayBox } from '../support/overlay.ts';
import { startParty, type TestParty } from '../support/test-party.ts';

type Clip = NonNullable<Awaited<ReturnType<typeof overlayBox>>>;

const KEY = 'q83vEjRWeJASNFZ4kBI0Vg';
/** Longer than the overlay wants to be seen before it can be pressed. */
const GUARD_MS = 600;

let party: TestParty<'Ana', ChromiumMember>;
let Ana: ChromiumMember;
let vera: BareClient;

beforeAll(async () => {
  party = await startParty(['Ana'] as const, (name, url) => launchChromium(name, url));
  ({ Ana } = party.members);
  await Ana.context.addInitScript(overhear);
});
afterAll(async () => {
  (vera as typeof vera | undefined)?.socket.terminate();
  // Not there when it did not start, which has its own error.
  await (party as typeof party | undefined)?.close();
});

describe('a site that wants to know who is there', () => {
  test('cannot tell the extension from one that does not exist', async () => {
    await Ana.goto(`${party.site.origin}/film`);
    const files = (await readdir(CHROME_BUILD, { recursive: true })).filter((name) => name.includes('.'));
    expect(files).toContain('overlay.html');
    const there = new URL(Ana.extensionUrl('/')).host;
    const probe = (id: string) =>
      Ana.page
        .evaluate(probeFiles, { id, files: [...files, 'nothing.html'] })
        .then((answers) => answers.map(({ answer }) => answer));
    const nowhere = await probe('abcdefghijklmnopabcdefghijklmnop');
    expect(await probe(there)).toEqual(nowhere);
    expect(new Set(nowhere)).toEqual(new Set(['refused']));
  });
});

describe('a site that listens', () => {
  test('hears and reads nothing of a party on it: no word, no name, no key, no address of ours', async () => {
    await party.members.Ana.join(`${party.taps.Ana.invite(party.room)}#k=${KEY}`);
    vera = await BareClient.open(`ws://127.0.0.1:${party.server.port}`);
    await vera.ask('room/join', {
      roomId: party.room,
      client: { userId: 'vera', displayName: 'Veronica' },
      caps: ['key'],
      key: KEY,
    });
    for (const path of ['/film', '/strict']) {
      await Ana.goto(party.site.origin + path);
      const drawer = await openDrawer(Ana);
      await vera.ask('chat/send', { roomId: party.room, text: `sesame opens on ${path}` });
      await drawer.getByText(`sesame opens on ${path}`).waitFor();
      const field = drawer.getByRole('textbox', { name: /message/i });
      await field.click();
      await Ana.page.keyboard.type(`barley grows on ${path}`);
      await Ana.page.keyboard.press('Enter');
      await drawer.getByRole('log').getByText(`barley grows on ${path}`).waitFor();
      const loot = await Ana.page.evaluate(overheardSoFar);
      const looked = await Ana.page.evaluate(lookAround);
      // It does hear what it says itself.
      expect(loot).toContain('canary');
      for (const word of [
        'sesame',
        'barley',
        'Veronica',
        KEY,
        party.room,
        'streamsync',
        'chrome-extension',
        'heard securitypolicyviolation',
      ]) {
        expect(around(loot, word), `${path} overheard`).toBe('');
        expect(around(looked, word), `${path} read`).toBe('');
      }
      // One element of ours is seen, and no frame in it.
      expect(
        await Ana.page.evaluate(() => [window.length, document.querySelectorAll('html > div').length]),
      ).toEqual([0, 1]);
    }
  });

  test('moves nothing by events that it makes up', async () => {
    const arrived = party.taps.Ana.sent.length;
    await Ana.goto(`${party.site.origin}/film`);
    const drawer = await openDrawer(Ana);
    // Who leads shares the film of the new page, how long it is, and where it is in it.
    const shared = () => party.taps.Ana.sent.slice(arrived).map(({ message }) => sharedBy(message));
    await expect.poll(() => new Set(shared())).toEqual(new Set([null, 'length', 'place']));
    const before = await overlayBox(Ana.page);
    const sent = party.taps.Ana.sent.length;
    await Ana.page.evaluate(makeUpEvents);
    await expect.poll(() => drawer.evaluate(() => document.querySelector('.drawer') !== null)).toBe(true);
    expect(await overlayBox(Ana.page)).toEqual(before);
    const acts = party.taps.Ana.sent.slice(sent).map(({ message }) => message.type);
    expect(acts.filter((type) => !/^clock|^member/.test(type))).toEqual([]);
  });
});

describe('a site that wants a press', () => {
  afterEach(async () => {
    await Ana.goto(`${party.site.origin}/film`);
    await Ana.page.mouse.move(5, 5);
  });

  test.each(Object.keys(DISGUISES))('gets none that was not meant: %s', async (worn) => {
    const disguise = DISGUISES[worn];
    if (!disguise) throw new Error('no such disguise');
    await Ana.goto(`${party.site.origin}/film`);
    const drawer = await openDrawer(Ana);
    // It moves the drawer by keys, and does nothing when it is pressed.
    const at = await centreOf(drawer, 'Move with the arrow keys');
    await arrive(Ana.page, at);
    await armed(drawer);
    const presses = await countPresses(drawer);
    await Ana.page.mouse.click(at.x, at.y);
    await expect.poll(presses).toBe(1);
    // Beside what is pressed: that itself looks otherwise under a pointer that cannot press it.
    const name = { x: at.x - 160, y: at.y - 10, width: 130, height: 20 };
    const seen = await look(Ana.page, name);
    await Ana.page.evaluate(disguise.wear);
    // Who presses before the browser has told of it (100 ms, and a picture) has seen what is pressed.
    if (!disguise.pressable || disguise.repaired)
      await drawer.locator(':root[data-unarmed]').waitFor({ state: 'attached' });
    await Ana.page.mouse.click(at.x, at.y);
    const isSeen = (await look(Ana.page, name)).equals(seen);
    if (disguise.pressable) {
      const pressed = async () => {
        await Ana.page.mouse.click(at.x, at.y);
        return presses();
      };
      await expect.poll(pressed, { timeout: 3000, interval: 200 }).toBeGreaterThan(1);
      expect((await look(Ana.page, name)).equals(seen)).toBe(true);
    } else {
      await delay(GUARD_MS);
      await Ana.page.mouse.click(at.x, at.y);
      await delay(100);
      expect(await presses()).toBe(1);
      expect(isSeen).toBe(false);
    }
  });

  test('gets none by putting the overlay under a pointer that presses twice', async () => {
    const drawer = await openDrawer(Ana);
    await armed(drawer);
    const presses = await countPresses(drawer);
    const zoom = (factor: string) =>
      Ana.page.evaluate((value) => void (document.documentElement.style.zoom = value), factor);
    await zoom('0.7');
    const { x, y } = await findByPointer(Ana.page, drawer, 'Join with camera');
    await zoom('1');
    await expect.poll(() => isUnderPointer(drawer, 'Join with camera')).toBe(false);
    await arrive(Ana.page, { x, y });
    await armed(drawer);
    await Ana.page.evaluate(shrinkUnderPress);
    await Ana.page.mouse.click(x, y);
    // A hand trembles; without that the browser sees the frame under the pointer a moment later.
    const tremble = async () => {
      await Ana.page.mouse.move(x + 1, y);
      await Ana.page.mouse.move(x, y);
      return drawer.evaluate(() => document.documentElement.matches(':hover'));
    };
    await expect.poll(tremble, { interval: 10 }).toBe(true);
    await Ana.page.mouse.click(x, y, { clickCount: 2 });
    await delay(100);
    expect(await presses()).toBe(0);
    // Whoever has had the time to see where it is now can press it.
    await armed(drawer);
    await Ana.page.mouse.click(x, y);
    await expect.poll(presses).toBe(1);
  });
});

/** Waits until the overlay has been seen for long enough to be pressed. */
async function armed(overlay: Frame): Promise<void> {
  await overlay.locator(':root:not([data-unarmed])').waitFor({ state: 'attached' });
}

/** A word with what stands around it; empty where it is not. */
function around(text: string, word: string): string {
  const at = text.indexOf(word);
  return at < 0 ? '' : text.slice(Math.max(0, at - 80), at + 80);
}

const overheardSoFar = () => {
  window.postMessage('canary', '*');
  const { overheard } = globalThis as typeof globalThis & { overheard: string[] };
  return overheard.join('\n');
};

/** Clicks that reached any button of a frame, as the browser itself counts them. */
async function countPresses(frame: Frame): Promise<() => Promise<number>> {
  await frame.evaluate(() => {
    document.documentElement.dataset.presses = '0';
    window.addEventListener(
      'click',
      ({ target }) => {
        const { dataset } = document.documentElement;
        if (target instanceof Element && target.closest('button'))
          dataset.presses = String(Number(dataset.presses) + 1);
      },
      true,
    );
  });
  return async () => Number(await frame.evaluate(() => document.documentElement.dataset.presses));
}

async function centreOf(frame: Frame, button: string): Promise<{ x: number; y: number }> {
  const box = await frame.getByRole('button', { name: button }).boundingBox();
  if (!box) throw new Error(`no ${button}`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Moves the pointer down the drawer until it is over a button. */
async function findByPointer(page: Page, frame: Frame, button: string): Promise<{ x: number; y: number }> {
  const { x, y } = await centreOf(frame, button);
  for (let off = -60; off <= 60; off += 8) {
    await page.mouse.move(x, y + off);
    await delay(30);
    if (await isUnderPointer(frame, button)) return { x, y: y + off };
  }
  throw new Error(`${button} is nowhere`);
}

function isUnderPointer(frame: Frame, button: string): Promise<boolean> {
  return frame.getByRole('button', { name: button }).evaluate((found) => found.matches(':hover'));
}

/** As a hand comes: it moves, and rests a moment. */
async function arrive(page: Page, { x, y }: { x: number; y: number }): Promise<void> {
  await page.mouse.move(x - 20, y, { steps: 2 });
  await page.mouse.move(x, y, { steps: 4 });
}

/** The part of the window as it looks. */
function look(page: Page, clip: Clip): Promise<Buffer> {
  return page.screenshot({ clip, animations: 'disabled', caret: 'hide' });
}

/** Runs in the page: asks for each file in every way that a page can. */
async function probeFiles({ id, files }: { id: string; files: string[] }) {
  const answers: { file: string; answer: string }[] = [];
  const loads = (element: HTMLElement, address: string, attribute: 'src' | 'href') =>
    new Promise<string>((resolve) => {
      element.addEventListener('load', () => resolve('there'));
      element.addEventListener('error', () => resolve('refused'));
      element.setAttribute(attribute, address);
      document.head.append(element);
    }).finally(() => element.remove());
  for (const file of files) {
    const address = `chrome-extension://${id}/${file.replaceAll('\\', '/')}`;
    const fetched = fetch(address, { mode: 'no-cors' }).then(
      () => 'there',
      () => 'refused',
    );
    const style = Object.assign(document.createElement('link'), { rel: 'stylesheet' });
    const all = await Promise.all([
      fetched,
      loads(document.createElement('img'), address, 'src'),
      loads(document.createElement('script'), address, 'src'),
      loads(style, address, 'href'),
    ]);
    answers.push(...all.map((answer) => ({ file, answer })));
  }
  return answers;
}

/** Which of what a leader shares at arriving a message brings. */
function sharedBy({ type, payload }: ClientMessage): 'length' | 'place' | null {
  if (type === 'watch/playback_state') return 'place';
  return type === 'watch/set_content' && JSON.stringify(payload).includes('durationSec') ? 'length' : null;
}

/** Runs in the page: whatever a hand, a key or a frame could have said. */
function makeUpEvents(): void {
  const host = [...document.documentElement.children].findLast((child) => child instanceof HTMLDivElement);
  const { left = 0, top = 0 } = host?.getBoundingClientRect() ?? {};
  const at = {
    clientX: left + 30,
    clientY: top + 30,
    screenX: left,
    screenY: top,
    bubbles: true,
    composed: true,
  };
  for (const target of [host, document, window]) {
    for (const type of ['pointerdown', 'pointermove', 'pointerup'])
      target?.dispatchEvent(new PointerEvent(type, { ...at, buttons: 1, pointerId: 1, isPrimary: true }));
    for (const type of ['mousedown', 'mouseup', 'click', 'dblclick'])
      target?.dispatchEvent(new MouseEvent(type, at));
    for (const key of ['Enter', ' ', 'Escape', 'Tab'])
      target?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true }));
    for (const type of ['toggle', 'fullscreenchange', 'close', 'cancel', 'load', 'blur', 'focus', 'focusin'])
      target?.dispatchEvent(new Event(type, { bubbles: true, composed: true }));
    const data = { streamsync: 'overlay', secret: 'x'.repeat(36), open: false };
    target?.dispatchEvent(new MessageEvent('message', { data, ports: [new MessageChannel().port1] }));
  }
  host?.click();
  host?.focus();
  window.postMessage({ type: 'open', open: false }, '*');
}
