import { useEffect, useRef, useState } from 'preact/hooks';
import type { PartyView } from '../../messaging/view.ts';
import { lineKey } from '../../party/index.ts';
import { newsOf, type News } from './news.ts';

export const TOAST_MS = 6000;
/** Somebody whose link comes and goes is told of once. */
const AGAIN_MS = 20_000;
const AT_MOST = 3;

export interface Toast extends News {
  id: string;
}

/** What happened in the last seconds, and what others said where no chat is shown; oldest first. */
export function useToasts(party: PartyView | null, chatShown: boolean): Toast[] {
  const [toasts, setToasts] = useState<Toast[]>([]);
  const before = useRef<PartyView | null>(null);
  const toldAt = useRef(new Map<string, number>());
  const made = useRef(0);

  useEffect(() => {
    const was = before.current;
    before.current = party;
    if (!party || was?.roomId !== party.roomId) return;
    const now = performance.now();
    const isNew = ({ key }: News) => now - (toldAt.current.get(key) ?? -Infinity) > AGAIN_MS;
    const fresh = [...newsOf(was, party), ...(chatShown ? [] : saidSince(was, party))].filter(isNew);
    if (fresh.length === 0) return;
    for (const { key } of fresh) toldAt.current.set(key, now);
    for (const [key, atMs] of toldAt.current) if (now - atMs > AGAIN_MS) toldAt.current.delete(key);
    const shown = fresh.map((news) => ({ ...news, id: String(made.current++) }));
    setToasts((all) => [...all, ...shown].slice(-AT_MOST));
    const gone = new Set(shown.map(({ id }) => id));
    setTimeout(() => setToasts((all) => all.filter(({ id }) => !gone.has(id))), TOAST_MS);
  }, [party]);
  return toasts;
}

/** Told by order: the times of messages are on the server's clock. */
function saidSince(before: PartyView, now: PartyView): News[] {
  const known = new Set(before.chat.map(lineKey));
  const said = now.chat.filter((line) => !line.mine && !known.has(lineKey(line)));
  // An id is anybody's to choose, and may look like the key of other news.
  return said.map((line) => ({ key: `said ${lineKey(line)}`, name: line.from.displayName, text: line.text }));
}
