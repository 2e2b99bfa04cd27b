// @vitest-environment happy-dom
import { act, cleanup, renderHook } from '@testing-library/preact';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PartyView } from '../../src/messaging/view.ts';
import { newsOf } from '../../src/ui/overlay/news.ts';
import { useFloating } from '../../src/ui/overlay/use-floating.ts';
import { TOAST_MS, useToasts } from '../../src/ui/overlay/use-toasts.ts';
import { member, party, said } from './scenes.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const of = (change: Partial<PartyView> = {}): PartyView => {
  const { party: view } = party(change);
  if (!view) throw new Error('no party');
  return view;
};
const me = member('me', 'Noor', { state: 'ready' });
const ana = member('ana', 'Ana', { state: 'ready' });
const in_ = (...members: PartyView['members']) => of({ members, chat: [] });

/** What is shown, as a person reads it. */
const show = (first: PartyView | null) => {
  const { result, rerender } = renderHook(({ now }) => useToasts(now, false), {
    initialProps: { now: first },
  });
  return {
    next: (now: PartyView) => act(() => rerender({ now })),
    read: () => result.current.map(({ name, text }) => `${name} ${text}`),
  };
};

describe('a toast', () => {
  it('tells of who comes and goes, whose ad it is and who lost the connection, for six seconds', async () => {
    const { next, read } = show(in_(me));
    await next(in_(me, ana));
    expect(read()).toEqual(['Ana joined']);
    await next(in_(me, { ...ana, report: { state: 'ad' } }));
    await next(in_(me, { ...ana, report: { state: 'lost' } }));
    expect(read()).toEqual(['Ana joined', 'Ana has an ad', 'Ana lost the connection']);
    await act(() => void vi.advanceTimersByTime(TOAST_MS - 1));
    expect(read()).toHaveLength(3);
    await act(() => void vi.advanceTimersByTime(1));
    expect(read()).toEqual([]);
    await next(in_(me));
    expect(read()).toEqual(['Ana left']);
  });

  it('tells what others say, and never what I say myself', async () => {
    const { next, read } = show(in_(me, ana));
    const chat = [said('1', 'ana', 'Ana', 'hello'), said('2', 'me', 'Noor', 'hi')];
    await next({ ...in_(me, ana), chat });
    expect(read()).toEqual(['Ana hello']);
  });

  it('[CHAT-2] is not kept back by an id that somebody chose for a line', async () => {
    const { next, read } = show(in_(me, ana));
    const eves = said('joined jo', 'eve', 'Eve', 'hello');
    await next({ ...in_(me, ana), chat: [eves] });
    const jo = member('jo', 'Jo', { state: 'ready' });
    await next({ ...in_(me, ana, jo), chat: [eves, said('joined jo', 'ana', 'Ana', 'hi')] });
    expect(read()).toEqual(['Eve hello', 'Jo joined', 'Ana hi']);
  });

  it('comes once of somebody whose link comes and goes, and again after a while', async () => {
    const lost = in_(me, { ...ana, report: { state: 'lost' } });
    const { next, read } = show(in_(me, ana));
    for (let time = 0; time < 3; time++) {
      await next(lost);
      await next(in_(me, ana));
    }
    expect(read()).toEqual(['Ana lost the connection']);
    await act(() => void vi.advanceTimersByTime(20_001));
    await next(lost);
    expect(read()).toEqual(['Ana lost the connection']);
  });

  it('is one of three at most, the last', async () => {
    const { next, read } = show(in_(me, ana));
    const chat = ['a', 'b', 'c', 'd', 'e'].map((text) => said(text, 'ana', 'Ana', text));
    await next({ ...in_(me, ana), chat });
    expect(read()).toEqual(['Ana c', 'Ana d', 'Ana e']);
  });

  it('is nothing of another party, nor of what was there before', async () => {
    const { next, read } = show(null);
    await next(in_(me, ana));
    await next({ ...in_(me), roomId: 'another' });
    expect(read()).toEqual([]);
  });
});

describe('news', () => {
  it('is nobody’s coming or going while the connection is lost: who is there is learned anew', () => {
    expect(newsOf(in_(me, ana), { ...in_(me), connection: 'waiting' })).toEqual([]);
    expect(newsOf({ ...in_(me), connection: 'joining' }, in_(me, ana))).toEqual([]);
  });

  it('is who is the host now, oneself too, and no ad that goes on', () => {
    const guest = { ...me, isHost: false };
    const host = { ...ana, isHost: true, report: { state: 'ad' as const } };
    const words = newsOf(in_(guest, host), in_(me, { ...host, isHost: false }));
    expect(words.map(({ name, text }) => `${name} ${text}`)).toEqual(['You are the host now']);
    const back = newsOf(in_(me, { ...host, isHost: false }), in_(guest, host));
    expect(back.map(({ name, text }) => `${name} ${text}`)).toEqual(['Ana is the host now']);
  });
});

it('each reaction floats once, and none that was there before this page', async () => {
  const tell = vi.fn();
  const line = { tell, listen: () => undefined };
  const with_ = (...ids: string[]) =>
    of({ floating: ids.map((id) => ({ id, fromUserId: 'ana', emoji: id })) });
  const { rerender } = renderHook(({ now }) => useFloating(now, line), {
    initialProps: { now: with_('old') },
  });
  await act(() => rerender({ now: with_('old', '🔥') }));
  await act(() => rerender({ now: with_('🔥', '👍') }));
  await act(() => rerender({ now: with_() }));
  expect(tell.mock.calls).toEqual([[{ type: 'float', emoji: '🔥' }], [{ type: 'float', emoji: '👍' }]]);
});
