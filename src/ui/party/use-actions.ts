import type { PartyView } from '../../messaging/view.ts';
import { useCommands } from '../hooks.ts';
import type { PageHost } from '../host/page-host.ts';
import type { ProblemAction } from '../text/problems.ts';
import { sitePattern } from '../host/site-access.ts';
import type { Target } from '../target.ts';
import { goToContent } from './go-to-content.ts';

/** What a user can do about the party as a whole, each by its name; `null` where there is nothing to be done. */
export type Actions = Record<ProblemAction, (() => void) | null>;

export function useActions(host: PageHost, party: PartyView, target: Target) {
  const { run, error } = useCommands(host.link);

  /** The site the film is on: the tab's own when it takes part, else where the room is. */
  const own = target.tab !== null && target.tab.id === party.tabId ? sitePattern(target.tab.url) : null;
  const site = own ?? sitePattern(party.content?.url);

  const there = goToContent(party);
  const actions: Actions = {
    reconnect_now: () => void run({ type: 'reconnect_now' }),
    leave: () => void run({ type: 'leave' }),
    open_options: host.openOptions,
    // Without an address there is nowhere to go: the words alone must do.
    go_to_content: there && (() => void run(there.command)),
    use_tab: target.tab === null ? null : useTab(target.tab.id),
    allow_site: site === null ? null : () => allow(site),
  };

  function useTab(tabId: number) {
    return () => {
      if (target.missing !== null) void host.access.request([target.missing]).catch(() => false);
      void run({ type: 'use_tab', tabId });
    };
  }
  function allow(pattern: string) {
    void host.access.request([pattern]).catch(() => false);
  }
  return { actions, run, error };
}
