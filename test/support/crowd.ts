import { chromium, type Page } from 'playwright';
import { build } from 'vite';
import { CAPS } from '../../src/protocol/index.ts';
import { BareClient } from '../server/support.ts';
import { chromiumPath } from './chromium.ts';
import type { Crowd } from './crowd-page.ts';
import { FAKE_CAMERA, keepConnections } from './faces.ts';

type WithCrowd = typeof globalThis & { crowd: Crowd };

/** Several people of a call in one page: real connections and pictures for the price of one browser. */
export interface TestCrowd {
  page: Page;
  leave: (name: string) => Promise<void>;
  close: () => Promise<void>;
}

/** `origin`: of some page of the test’s, in which the camera may be used. */
export async function startCrowd(
  names: readonly string[],
  { serverPort, room, origin }: { serverPort: number; room: string; origin: string },
): Promise<TestCrowd> {
  await using started = new AsyncDisposableStack();
  const browser = started.adopt(
    await chromium.launch({ executablePath: chromiumPath(), args: ['--no-sandbox', ...FAKE_CAMERA] }),
    (each) => each.close(),
  );
  const page = await browser.newPage();
  await page.addInitScript(keepConnections, false);
  const people = new Map<string, BareClient>();
  started.defer(() => people.forEach(({ socket }) => socket.terminate()));
  await page.exposeFunction('crowdSays', (name: string, type: string, payload: Record<string, unknown>) =>
    people.get(name)?.tell(type, { roomId: room, ...payload }),
  );
  await page.goto(`${origin}/film`);
  await page.addScriptTag({ content: await bundled('test/support/crowd-page.ts') });
  for (const name of names) {
    const person = await BareClient.open(`ws://127.0.0.1:${serverPort}`);
    people.set(name, person);
    await page.evaluate((id) => (globalThis as WithCrowd).crowd.join(id), name);
    person.socket.on('message', (data: Buffer) => {
      const told = JSON.parse(data.toString()) as Parameters<Crowd['told']>[1];
      // The page may be gone by then; that is the end of the test.
      void page
        .evaluate(([id, message]) => (globalThis as WithCrowd).crowd.told(id, message), [name, told] as const)
        .catch(() => undefined);
    });
    const client = { userId: name, displayName: name };
    await person.ask('room/join', { roomId: room, client, caps: [...CAPS] });
    await person.ask('rtc/media', { roomId: room, inCall: true, microphone: true, camera: true });
  }
  const running = started.move();
  return {
    page,
    leave: async (name) => {
      await people.get(name)?.ask('rtc/media', {
        roomId: room,
        inCall: false,
        microphone: false,
        camera: false,
      });
      await page.evaluate((id) => (globalThis as WithCrowd).crowd.leave(id), name);
    },
    close: () => running.disposeAsync(),
  };
}

async function bundled(entry: string): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'error',
    build: { write: false, lib: { entry, formats: ['iife'], name: 'crowdPage' } },
  });
  const [first] = [built].flat();
  if (!first || !('output' in first)) throw new Error('nothing was built');
  return first.output[0].code;
}
