import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { FromOverlay } from '../../messaging/overlay.ts';
import type { PartyView } from '../../messaging/view.ts';
import { Faces } from '../faces/faces.tsx';
import { useView } from '../hooks.ts';
import type { PageHost } from '../page-host.ts';
import { Drawer } from './drawer.tsx';
import { Pill } from './pill.tsx';

type Tell = (message: FromOverlay) => void;

/** The party over the film: a drawer, or folded to a button. */
export function Overlay(props: { host: PageHost; tell: Tell; startsOpen: boolean }) {
  const { host, tell } = props;
  const view = useView(host.link);
  const party = view?.party ?? null;
  const [open, setOpen] = useState(props.startsOpen);
  const unfold = (next: boolean) => {
    setOpen(next);
    tell({ streamsync: 'open', open: next });
  };
  const box = useSizeTold(tell);
  const seen = useSeen(party, open);
  return (
    <div ref={box} class="overlay">
      {party && open && (
        <Drawer key={party.roomId} host={host} party={party} tell={tell} onFold={() => unfold(false)} />
      )}
      {party && !open && host.call && <Faces call={host.call} compact />}
      {party && !open && <Pill party={party} unread={seen.unread} tell={tell} onOpen={() => unfold(true)} />}
    </div>
  );
}

/** The frame around is made as large as what is shown, so that the rest of the site can be clicked. */
function useSizeTold(tell: Tell) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const shown = box.current;
    if (!shown) return;
    const observer = new ResizeObserver(() => {
      const { width, height } = shown.getBoundingClientRect();
      tell({
        streamsync: 'size',
        widthPx: Math.max(1, Math.ceil(width)),
        heightPx: Math.max(1, Math.ceil(height)),
      });
    });
    observer.observe(shown);
    return () => observer.disconnect();
  }, [tell]);
  return box;
}

/** How many messages of others came while it was folded. Told by order: their times are on the server's clock. */
function useSeen(party: PartyView | null, open: boolean) {
  const [seenId, setSeenId] = useState<string | null>(null);
  const others = party?.chat.filter(({ mine }) => !mine) ?? [];
  const lastId = others.at(-1)?.id ?? '';
  const here = party !== null;
  useEffect(() => {
    // What was said before it was first shown is no news.
    if (here && (open || seenId === null)) setSeenId(lastId);
  }, [here, open, lastId, seenId]);
  const unread = others.length - 1 - others.findIndex(({ id }) => id === seenId);
  return { unread: open || seenId === null ? 0 : unread };
}
