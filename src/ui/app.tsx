import { useEffect, useRef, useState } from 'preact/hooks';
import { Home } from './home/home.tsx';
import type { View } from '../messaging/view.ts';
import { useView } from './hooks.ts';
import type { PageHost } from './host/page-host.ts';
import { Boundary } from './components/boundary.tsx';
import { Mark } from './components/icons.tsx';
import { Party } from './party/party.tsx';
import type { Settings } from './host/storage.ts';
import { useTarget } from './target.ts';

/** The popup, or the panel beside the page: in a party or not. */
export function App({ host }: { host: PageHost }) {
  return (
    <Boundary what="StreamSync" fallback={<Leave host={host} />}>
      <HomeOrParty host={host} />
    </Boundary>
  );
}

function HomeOrParty({ host }: { host: PageHost }) {
  const view = useView(host.link);
  // A page that stays open would look into each tab that the person goes to.
  const stays = host.onTabChange !== undefined;
  const target = useTarget(host, view === undefined ? 'none' : toProbe(view, stays));
  const settings = useSettings(host);
  const inParty = view === undefined ? undefined : view.party !== null;
  useHeadingFocus(inParty);

  if (view?.unreadable) {
    return (
      <>
        <p role="status">This party cannot be shown.</p>
        <Leave host={host} />
      </>
    );
  }
  if (!view || !settings) {
    return (
      <main class="starting" aria-busy="true">
        <Mark size={40} />
        <p class="fine" role="status">
          StreamSync is starting…
        </p>
      </main>
    );
  }
  // A party's state (draft, scroll) belongs to its room: another room starts afresh.
  if (view.party) return <Party key={view.party.roomId} host={host} party={view.party} target={target} />;
  return <Home host={host} settings={settings} target={target} lastProblem={view.lastProblem} />;
}

/** The way out of a party that cannot be drawn. */
function Leave({ host }: { host: PageHost }) {
  return (
    <button type="button" onClick={() => void host.link.ask({ type: 'leave' })}>
      Leave
    </button>
  );
}

/**
 * Looking into a tab puts a script there, so it is done only where the answer is needed: before a party, and for the
 * party's own tab while its film is missing.
 */
function toProbe({ party }: View, stays: boolean): 'any' | 'none' | number {
  if (!party) return stays ? 'none' : 'any';
  return party.problems.includes('no_video') && party.tabId !== null ? party.tabId : 'none';
}

function useSettings(host: PageHost): Settings | undefined {
  const [settings, setSettings] = useState<Settings>();
  useEffect(() => void host.settings.read().then(setSettings), [host]);
  return settings;
}

/** The button that was pressed is gone when the screen changes: the keyboard goes on from the new heading. */
function useHeadingFocus(inParty: boolean | undefined) {
  const before = useRef(inParty);
  useEffect(() => {
    if (before.current !== undefined && before.current !== inParty) document.querySelector('h1')?.focus();
    before.current = inParty;
  }, [inParty]);
}
