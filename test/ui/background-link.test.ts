import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backgroundLink, type PageRuntime } from '../../src/ui/host/background-link.ts';
import { NO_PARTY, party } from './scenes.ts';

class FakePort {
  #message: ((message: unknown) => void)[] = [];
  #disconnect: (() => void)[] = [];
  readonly name = 'view';
  closed = false;
  told: unknown[] = [];
  onMessage = { addListener: (listener: (message: unknown) => void) => void this.#message.push(listener) };
  onDisconnect = { addListener: (listener: () => void) => void this.#disconnect.push(listener) };
  postMessage = (message: unknown) => void this.told.push(message);
  disconnect = () => void (this.closed = true);
  say = (message: unknown) => this.#message.forEach((listener) => listener(message));
  drop = () => this.#disconnect.forEach((listener) => listener());
}

function fakeRuntime() {
  const ports: FakePort[] = [];
  const runtime: PageRuntime & { refuse: boolean } = {
    refuse: false,
    connect({ name }) {
      if (runtime.refuse) throw new Error('Extension context invalidated.');
      expect(name).toBe('view');
      const port = new FakePort();
      ports.push(port);
      return port;
    },
    sendMessage: () => Promise.resolve({ ok: true }),
  };
  return { runtime, ports };
}

describe('the line to the background', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('hands on each view and drops what is not one', () => {
    const { runtime, ports } = fakeRuntime();
    const seen = vi.fn();
    backgroundLink(runtime).subscribe(seen);
    ports[0]?.say(NO_PARTY);
    ports[0]?.say({ party: 'nonsense', lastProblem: null });
    ports[0]?.say(party());
    vi.advanceTimersByTime(100);
    expect(seen.mock.calls).toEqual([[NO_PARTY], [party()]]);
  });

  it('is laid again when the service worker died', () => {
    const { runtime, ports } = fakeRuntime();
    const seen = vi.fn();
    backgroundLink(runtime).subscribe(seen);
    ports[0]?.drop();
    vi.advanceTimersByTime(100);
    ports[1]?.say(NO_PARTY);
    expect(seen).toHaveBeenCalledOnce();
  });

  it('tries ever more slowly while nothing comes of it, and quickly again afterwards', () => {
    const { runtime, ports } = fakeRuntime();
    backgroundLink(runtime).subscribe(() => undefined);
    for (let at = 0; at < 8; at++) {
      ports.at(-1)?.drop();
      vi.advanceTimersByTime(2000);
    }
    expect(ports).toHaveLength(9);
    ports.at(-1)?.drop();
    vi.advanceTimersByTime(1999);
    expect(ports).toHaveLength(9);
    vi.advanceTimersByTime(1);
    ports.at(-1)?.say(NO_PARTY);
    ports.at(-1)?.drop();
    vi.advanceTimersByTime(100);
    expect(ports).toHaveLength(11);
  });

  it('survives that the extension was updated under the page', () => {
    const { runtime, ports } = fakeRuntime();
    runtime.refuse = true;
    backgroundLink(runtime).subscribe(() => undefined);
    runtime.refuse = false;
    vi.advanceTimersByTime(100);
    expect(ports).toHaveLength(1);
  });

  it('is hung up when nobody listens, and stays so', () => {
    const { runtime, ports } = fakeRuntime();
    const seen = vi.fn();
    const stop = backgroundLink(runtime).subscribe(seen);
    stop();
    expect(ports[0]?.closed).toBe(true);
    ports[0]?.say(NO_PARTY);
    ports[0]?.drop();
    vi.advanceTimersByTime(10_000);
    expect(ports).toHaveLength(1);
    expect(seen).not.toHaveBeenCalled();
  });
});

describe('a command', () => {
  const replyTo = (answer: () => Promise<unknown>) =>
    backgroundLink({ ...fakeRuntime().runtime, sendMessage: answer }).ask({ type: 'leave' });

  it('brings the reply back', async () => {
    const reply = { ok: true, probe: { status: 'ok', hiddenFrameOrigins: [] } };
    expect(await replyTo(() => Promise.resolve(reply))).toEqual(reply);
  });

  it('that nobody takes fails with a sentence', async () => {
    const reply = await replyTo(() => Promise.reject(new Error('Could not establish connection.')));
    expect(reply).toEqual({ ok: false, message: expect.stringMatching(/did not answer/) as string });
  });

  it.each([undefined, null, {}, { ok: 'yes' }, { ok: false }])(
    'answered with %j fails with a sentence',
    async (odd) => {
      expect(await replyTo(() => Promise.resolve(odd))).toMatchObject({ ok: false });
    },
  );
});
