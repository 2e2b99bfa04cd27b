// @vitest-environment happy-dom
import { cleanup, renderHook, waitFor } from '@testing-library/preact';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { TabProbe } from '../../src/messaging/commands.ts';
import { useTarget } from '../../src/ui/target.ts';
import { fakeHost } from './fake-host.ts';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const watch = (status: TabProbe['status'], toProbe: 'any' | 'none' | number) => {
  const { host } = fakeHost({
    tab: { id: 7, url: 'https://films.example/night' },
    probe: { status, hiddenFrameOrigins: [] },
  });
  const ask = vi.spyOn(host.link, 'ask');
  const { result } = renderHook(() => useTarget(host, toProbe));
  return { ask, target: () => result.current };
};

describe('the tab that would take part', () => {
  it('is looked into, and what must be asked for is known before the click', async () => {
    const { target } = watch('ok', 'any');
    await waitFor(() => expect(target().ready).toBe(true));
    expect(target()).toMatchObject({ probe: { status: 'ok' }, missing: 'https://films.example/*' });
  });

  it.each<[string, 'none' | number]>([
    ['nobody needs it', 'none'],
    ['another takes part', 8],
  ])('is left alone when %s', async (_, toProbe) => {
    const { ask, target } = watch('ok', toProbe);
    await waitFor(() => expect(target().ready).toBe(true));
    expect(ask).not.toHaveBeenCalled();
  });

  it.each<[TabProbe['status'], number]>([
    ['no_video', 2],
    ['ok', 1],
  ])('found %s is looked into %i time(s) within five seconds', async (status, times) => {
    vi.useFakeTimers();
    const { ask } = watch(status, 'any');
    await vi.advanceTimersByTimeAsync(5000);
    expect(ask).toHaveBeenCalledTimes(times);
  });
});
