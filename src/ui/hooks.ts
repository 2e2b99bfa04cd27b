import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Command } from '../messaging/commands.ts';
import type { View } from '../messaging/view.ts';
import type { BackgroundLink } from './host/background-link.ts';

/** The latest view; undefined until the background sent one. */
export function useView(link: BackgroundLink): View | undefined {
  const [view, setView] = useState<View>();
  useEffect(() => link.subscribe(setView), [link]);
  return view;
}

/** The value of before for as long as `key` tells no difference, so that what is drawn of it can be left as it is. */
export function useSame<T>(value: T, key: string): T {
  const kept = useRef({ value, key });
  if (kept.current.key !== key) kept.current = { value, key };
  return kept.current.value;
}

/** Sends commands and keeps the sentence of the last one that failed. */
export function useCommands(link: BackgroundLink) {
  const [error, setError] = useState<string | null>(null);
  const [pending, setPending] = useState(0);
  const run = useCallback(
    async (command: Command): Promise<boolean> => {
      setPending((count) => count + 1);
      const reply = await link.ask(command);
      setPending((count) => count - 1);
      setError(reply.ok ? null : reply.message);
      return reply.ok;
    },
    [link],
  );
  return { run, error, busy: pending > 0 };
}

/** `Date.now()`, drawn anew every `everyMs` while `active`. */
export function useNow(everyMs: number, active: boolean): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    if (!active) return;
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs, active]);
  return now;
}
