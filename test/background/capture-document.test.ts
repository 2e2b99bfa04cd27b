import type { Browser } from 'wxt/browser';
import { afterEach, expect, it, vi } from 'vitest';
import { CaptureDocument } from '../../src/background/capture-document.ts';

/** A browser that opens and closes its offscreen document when the test lets it. */
function browserWithOffscreen() {
  const did: string[] = [];
  const waiting: (() => void)[] = [];
  const step = (what: string) => {
    did.push(`begins to ${what}`);
    return new Promise<void>((resolve) =>
      waiting.push(() => {
        did.push(what);
        resolve();
      }),
    );
  };
  vi.stubGlobal('chrome', {
    offscreen: { createDocument: () => step('create'), closeDocument: () => step('close') },
  });
  return {
    did,
    /** Lets the browser do all that it was asked for. */
    settle: async () => {
      for (;;) {
        await new Promise<void>((resolve) => void setImmediate(resolve));
        const next = waiting.shift();
        if (!next) return;
        next();
      }
    },
  };
}
afterEach(() => vi.unstubAllGlobals());

function fakePort() {
  const told: unknown[] = [];
  const port = {
    postMessage: (word: unknown) => void told.push(word),
    disconnect: vi.fn<() => void>(),
    onMessage: { addListener: () => undefined },
    onDisconnect: { addListener: () => undefined },
  };
  // The part of a port that is used here.
  return { port: port as unknown as Browser.runtime.Port, told, disconnect: port.disconnect };
}

it('is made once it is asked for something, and hears that when it is there', async () => {
  const { did, settle } = browserWithOffscreen();
  const document = new CaptureDocument(() => undefined);
  const { port, told } = fakePort();
  document.say({ type: 'open' });
  await settle();
  expect(did.at(-1)).toBe('create');
  document.admit(port);
  expect(told).toEqual([{ type: 'open' }]);
});

it('does not outlive a call that ends while the browser makes it', async () => {
  const { did, settle } = browserWithOffscreen();
  const document = new CaptureDocument(() => undefined);
  document.say({ type: 'open' });
  document.say(null);
  await settle();
  expect(did.at(-1)).toBe('close');
  const { port, told, disconnect } = fakePort();
  document.admit(port);
  expect(disconnect).toHaveBeenCalled();
  expect(told).toEqual([]);
});

it('is made again for the next call, one step after the other', async () => {
  const { did, settle } = browserWithOffscreen();
  const document = new CaptureDocument(() => undefined);
  document.say({ type: 'open' });
  document.say(null);
  document.say({ type: 'open' });
  await settle();
  expect(did).toEqual(
    ['close', 'create', 'close', 'close', 'create'].flatMap((what) => [`begins to ${what}`, what]),
  );
});
