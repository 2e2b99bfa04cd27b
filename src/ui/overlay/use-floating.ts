import { useEffect, useRef } from 'preact/hooks';
import type { PartyView } from '../../messaging/view.ts';
import type { OverlayLine } from './greeting.ts';

/** Has each reaction float over the film once; those of before this page was there have floated. */
export function useFloating(party: PartyView | null, line: OverlayLine): void {
  const known = useRef<Set<string> | null>(null);
  useEffect(() => {
    if (!party) return;
    const now = new Set(party.floating.map(({ id }) => id));
    for (const { id, emoji } of party.floating) {
      if (known.current && !known.current.has(id)) line.tell({ type: 'float', emoji });
    }
    known.current = now;
  }, [party?.floating]);
}
