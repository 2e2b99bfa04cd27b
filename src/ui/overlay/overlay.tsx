import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { OverlayAct } from '../../messaging/overlay.ts';
import type { PartyView } from '../../messaging/view.ts';
import { lineKey } from '../../party/index.ts';
import { Faces } from '../faces/faces.tsx';
import { useView } from '../hooks.ts';
import type { PageHost } from '../host/page-host.ts';
import { Boundary } from '../components/boundary.tsx';
import { Drawer } from './drawer.tsx';
import { Pill } from './pill.tsx';
import { useHeard, type OverlayLine, type OverlayStart } from './greeting.ts';
import { tellTyping, type Typing } from './typing-told.ts';
import { useClickGuard } from './click-guard.ts';
import { useFloating } from './use-floating.ts';
import { usePresence } from './use-presence.ts';
import { useToasts } from './use-toasts.ts';

/** What gets the keys after a key of the browser. */
const FIRST = { chat: '#chat-text', react: '.quick-reactions button' } as const;

interface OverlayProps {
  host: PageHost;
  line: OverlayLine;
  start: OverlayStart;
}

/** The party over the film: a drawer, or folded to a button. */
export function Overlay(props: OverlayProps) {
  return (
    <Boundary what="The party">
      <PartyOverFilm {...props} />
    </Boundary>
  );
}

function PartyOverFilm(props: OverlayProps) {
  const { host, line, start } = props;
  const view = useView(host.link);
  const party = view?.party ?? null;
  const [open, setOpen] = useState(start.open);
  const [idle, setIdle] = useState(false);
  /** Of the window of its own; `refused`: one was asked for, and there is none. */
  const [companion, setCompanion] = useState<'closed' | 'open' | 'refused'>('closed');
  const unfold = (next: boolean) => {
    setOpen(next);
    line.tell({ type: 'open', open: next });
  };
  const typing = useTyping(line);
  const box = useRef<HTMLDivElement>(null);
  const present = usePresence();
  const covered = useClickGuard(box, () => line.tell({ type: 'covered' }));
  useSizeTold(box, line, !open);

  /** A key of the browser was pressed. */
  const act = (key: OverlayAct) => {
    if (key === 'chat' && open && typing.now()) {
      unfold(false);
      line.tell({ type: 'yield' });
    } else {
      unfold(true);
      // The drawer is drawn by then.
      setTimeout(() => document.querySelector<HTMLElement>(FIRST[key])?.focus());
    }
  };

  useHeard(line, (message) => {
    switch (message.type) {
      case 'idle':
        return setIdle(message.idle);
      case 'focus':
        return typing.resume();
      case 'act':
        return act(message.act);
      case 'companion':
        setCompanion(message.open ? 'open' : companion === 'open' ? 'closed' : 'refused');
        return unfold(!message.open);
    }
  });

  useFloating(party, line);
  const panelOpen = party?.panelOpen ?? false;
  const elsewhere = panelOpen || companion === 'open';
  useFoldFor(panelOpen, () => start.where === 'film' && unfold(false));
  const seen = useSeen(party, open || elsewhere);
  const toasts = useToasts(party, elsewhere);
  const playing = party?.playback?.playing === true && party.playback.held === null;
  const resting = start.where === 'film' && idle && !present && playing && (open || toasts.length === 0);
  return (
    <div ref={box} class={`overlay ${start.where} ${open ? 'open' : ''} ${resting ? 'resting' : ''}`}>
      {party && open && (
        <Drawer
          key={party.roomId}
          host={host}
          party={party}
          line={line}
          start={start}
          noWindow={companion === 'refused'}
          covered={covered}
          onFold={() => unfold(false)}
        />
      )}
      {party && !open && host.call && (
        <Boundary what="The call">
          <Faces call={host.call} compact />
        </Boundary>
      )}
      {party && !open && (
        <Pill
          party={party}
          host={host}
          unread={seen.unread}
          line={line}
          toasts={toasts}
          onOpen={() => unfold(true)}
        />
      )}
    </div>
  );
}

/** What is shown beside the page from now on is not shown twice. */
function useFoldFor(panelOpen: boolean, fold: () => void) {
  const before = useRef(panelOpen);
  useEffect(() => {
    if (panelOpen && !before.current) fold();
    before.current = panelOpen;
  }, [panelOpen]);
}

function useTyping(line: OverlayLine): Typing {
  const typing = useRef<Typing | null>(null);
  useEffect(() => {
    const gone = new AbortController();
    typing.current = tellTyping(document, line, gone.signal);
    return () => gone.abort();
  }, [line]);
  return {
    now: () => typing.current?.now() ?? false,
    resume: () => typing.current?.resume(),
  };
}

/** Folded, the frame around is made as large as what is shown, so that the rest of the site can be clicked. */
function useSizeTold(box: { current: HTMLElement | null }, line: OverlayLine, folded: boolean) {
  useLayoutEffect(() => {
    const shown = box.current;
    if (!shown || !folded) return;
    const observer = new ResizeObserver(() => {
      const { width, height } = shown.getBoundingClientRect();
      const [widthPx, heightPx] = [Math.max(1, Math.ceil(width)), Math.max(1, Math.ceil(height))];
      line.tell({ type: 'size', widthPx, heightPx });
    });
    observer.observe(shown);
    return () => observer.disconnect();
  }, [line, folded]);
}

/** How many messages of others came while the chat was nowhere to be seen. Told by order: their times are on the server's clock. */
function useSeen(party: PartyView | null, chatShown: boolean) {
  const [seenKey, setSeenKey] = useState<string | null>(null);
  const others = party?.chat.filter(({ mine }) => !mine) ?? [];
  const last = others.at(-1);
  const lastKey = last ? lineKey(last) : '';
  const here = party !== null;
  useEffect(() => {
    // What was said before it was first shown is no news.
    if (here && (chatShown || seenKey === null)) setSeenKey(lastKey);
  }, [here, chatShown, lastKey, seenKey]);
  const unread = others.length - 1 - others.findIndex((line) => lineKey(line) === seenKey);
  return { unread: chatShown || seenKey === null ? 0 : unread };
}
