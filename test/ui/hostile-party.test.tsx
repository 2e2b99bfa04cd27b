// @vitest-environment happy-dom
import { act, cleanup, fireEvent, render, screen } from '@testing-library/preact';
import { options, type VNode } from 'preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartyView, View } from '../../src/messaging/view.ts';
import { App } from '../../src/ui/app.tsx';
import { backgroundLink } from '../../src/ui/host/background-link.ts';
import { Overlay } from '../../src/ui/overlay/overlay.tsx';
import { fakeHost } from './fake-host.ts';
import { member, party, said, SCENES } from './scenes.ts';

/** How often each component was drawn, by its name. */
let drawn = new Map<string, number>();
const diffed = options.diffed?.bind(options);

beforeEach(() => {
  drawn = new Map();
  options.diffed = (vnode: VNode) => {
    if (typeof vnode.type === 'function') drawn.set(vnode.type.name, (drawn.get(vnode.type.name) ?? 0) + 1);
    diffed?.(vnode);
  };
});
afterEach(() => {
  if (diffed) options.diffed = diffed;
  cleanup();
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const shown = (): PartyView => {
  const { party: view } = party();
  if (!view) throw new Error('no party');
  return view;
};
const settled = () => act(() => new Promise((resolve) => setTimeout(resolve)));

/** The popup, and the line on which the background tells it views. */
async function popup(first: unknown) {
  const fake = fakeHost(SCENES.party);
  let say: (message: unknown) => void = () => undefined;
  const link = backgroundLink({
    connect: ({ name }) => ({
      name,
      onMessage: { addListener: (listener) => void (say = listener) },
      onDisconnect: { addListener: () => undefined },
      postMessage: () => undefined,
      disconnect: () => undefined,
    }),
    sendMessage: () => Promise.resolve({ ok: true }),
  });
  render(<App host={{ ...fake.host, link: { ...link, ask: fake.host.link.ask } }} />);
  await settled();
  // As it comes over a port: all of it is new each time.
  const push = (view: unknown) => act(() => say(structuredClone(view)));
  await push(first);
  await settled();
  return { ...fake, push };
}

const LINES = Array.from({ length: 150 }, (_, at) =>
  said(`l${at}`, 'ana', 'Ana Lima', `line ${at} for @Noor`),
);
const at = (ms: number, more: Partial<PartyView> = {}): View => party({ chat: LINES, offsetMs: ms, ...more });

describe('a hundred views in a second', () => {
  it('are drawn twelve times at most, the last of them within 100 ms, and no line of the chat again', async () => {
    const { push } = await popup(at(0));
    expect(drawn.get('MessageDrawn')).toBe(LINES.length);
    vi.useFakeTimers();
    drawn.clear();
    for (let view = 1; view <= 100; view += 1) {
      await push(at(view));
      vi.advanceTimersByTime(10);
    }
    await act(() => void vi.advanceTimersByTime(100));
    expect(drawn.get('Party')).toBeLessThanOrEqual(12);
    expect(screen.getByText(/shifted by \+100/)).toBeTruthy();
    expect(drawn.get('MessageDrawn')).toBeUndefined();
  });

  it('draw the one line that was said, and those that name who came', async () => {
    const chat = [said('a', 'ana', 'Ana Lima', 'to @Jo'), said('b', 'ana', 'Ana Lima', 'to nobody')];
    const { push } = await popup(party({ chat }));
    drawn.clear();
    const more = [...chat, said('c', 'jo', 'Jo', 'new')];
    await push(party({ chat: more }));
    await screen.findByText('new');
    expect(drawn.get('MessageDrawn')).toBe(1);
    drawn.clear();
    const members = [member('me', 'Noor', { state: 'ready' }), member('zoe', 'Zoe', { state: 'ready' })];
    await push(party({ chat: more, members }));
    await screen.findByText('Zoe');
    expect(drawn.get('MessageDrawn')).toBe(1);
  });

  it('wait for nothing that this person has done', async () => {
    const { push } = await popup({ ...at(0), acts: 1 });
    vi.useFakeTimers();
    await push({ ...at(1), acts: 1 });
    await push({ ...at(2), acts: 2 });
    expect(screen.getByText(/shifted by \+2/)).toBeTruthy();
  });
});

describe('what cannot be drawn', () => {
  const broken = <T extends object>(value: T, part: keyof T): T =>
    Object.defineProperty({ ...value }, part, {
      enumerable: true,
      get: () => {
        throw new Error('beyond drawing');
      },
    });
  /** Shows a view that does not come over a port, on which nothing broken would arrive. */
  const show = async (view: View) => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const fake = fakeHost({ ...SCENES.party, view });
    render(<App host={fake.host} />);
    await settled();
    return fake;
  };
  const whole = shown();

  it('of one line costs only that line', async () => {
    await show(
      party({ chat: [broken(said('1', 'eve', 'Eve', 'x'), 'text'), said('2', 'ana', 'Ana', 'fine')] }),
    );
    expect(screen.getByText('This message cannot be shown.')).toBeTruthy();
    expect(screen.getByText('fine')).toBeTruthy();
    expect(screen.getByLabelText('Message')).toBeTruthy();
  });

  it('of a member costs the list of them, and neither chat nor the way out', async () => {
    await show(
      party({ members: [...whole.members, broken(member('eve', 'Eve', { state: 'ready' }), 'report')] }),
    );
    expect(screen.getByText('Who is here cannot be shown.')).toBeTruthy();
    expect(screen.getByRole('log')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Leave' })).toBeTruthy();
  });

  it('of a whole party leaves the way out of it', async () => {
    const { asked } = await show({ party: broken(whole, 'problems'), lastProblem: null });
    fireEvent.click(screen.getByRole('button', { name: 'Leave' }));
    expect(asked).toEqual([{ type: 'leave' }]);
  });

  it('over the film is a sentence there, and comes back when it can be drawn', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const fake = fakeHost({ ...SCENES.party, view: { party: broken(whole, 'chat'), lastProblem: null } });
    const line = { tell: () => undefined, listen: () => undefined };
    vi.useFakeTimers();
    render(<Overlay host={fake.host} line={line} start={{ where: 'film', open: true, canPopOut: true }} />);
    await act(() => void vi.advanceTimersByTime(0));
    expect(screen.getByText('The party cannot be shown.')).toBeTruthy();
    await act(() => fake.push(party()));
    await act(() => void vi.advanceTimersByTime(5000));
    expect(screen.getByRole('log')).toBeTruthy();
  });

  it('is no view that cannot be read: whoever opens the popup then can still leave', async () => {
    const { asked, push } = await popup({ ...party(), party: { ...whole, members: 'nobody' } });
    fireEvent.click(screen.getByRole('button', { name: 'Leave' }));
    expect(asked).toEqual([{ type: 'leave' }]);
    await push(party());
    expect(await screen.findByRole('log')).toBeTruthy();
  });
});

describe('a name with every sign in it', () => {
  const NAME = String.raw`Anne-Marie O'Neill-Smith (x) [\d]{2} ^$|*+?.`;
  it('is a member like any other', async () => {
    const view = party({
      members: [...shown().members, member('am', NAME, { state: 'ready' })],
      chat: [said('1', 'am', NAME, 'hello'), said('2', 'ana', 'Ana', `hello @${NAME}!`)],
    });
    await popup(view);
    expect(screen.getByText(`@${NAME}`).tagName).toBe('STRONG');
    expect(screen.getByRole('button', { name: 'Leave' })).toBeTruthy();
  });
});
