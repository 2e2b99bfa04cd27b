import { useEffect, useState } from 'preact/hooks';
import type { Command } from '../../messaging/commands.ts';
import type { Invite } from '../../invite/invite.ts';
import { field } from '../../protocol/index.ts';
import { useCommands } from '../hooks.ts';
import type { PageHost } from '../host/page-host.ts';
import type { Settings } from '../host/storage.ts';
import type { Target } from '../target.ts';

/** A tab without a film of its own goes to the party's: to what origin, as the person was shown, and what site we may not see yet. */
interface Journey {
  goesTo: string | null;
  missing: string | null;
}
interface Wish {
  /** The tab stays where it is if there is none. */
  journey: Journey | null;
  command: (who: { displayName: string; tabId: number }) => Command;
}

/** The name a person gave, and starting a party or joining one under it. */
export function useJoin(host: PageHost, settings: Settings, target: Target) {
  const [name, setNameText] = useState(settings.displayName);
  const [nameError, setNameError] = useState<string | null>(null);
  const { run, error, busy } = useCommands(host.link);

  /** A click that came before the tab was known; it counts as soon as it is. */
  const [early, setEarly] = useState<Wish | null>(null);

  const rememberName = () => {
    const displayName = field.displayName.safeParse(name.trim());
    if (displayName.success) void host.settings.write({ displayName: displayName.data });
  };

  const enter = (wish: Wish) => {
    const displayName = field.displayName.safeParse(name.trim());
    if (!displayName.success) {
      setNameError('Type a name first, so that the others know who you are.');
      document.getElementById('name')?.focus();
      return;
    }
    if (busy) return;
    if (!target.tab) {
      setEarly(wish);
      return;
    }
    // First thing in the click, because Firefox refuses it later; and not waited for, because the browser's question
    // can close the popup and with it whatever waits. Without a yes the party still has this click's access.
    const missing = wish.journey ? wish.journey.missing : target.missing;
    if (missing !== null) void host.access.request([missing]).catch(() => false);
    void host.settings.write({ displayName: displayName.data });
    void run(wish.command({ displayName: displayName.data, tabId: target.tab.id }));
  };

  useEffect(() => {
    if (!early || !target.tab) return;
    setEarly(null);
    enter(early);
    // Only the tab's coming matters; `enter` is another function at each drawing.
  }, [early, target.tab]);

  const start = (partyName: string) =>
    enter({
      journey: null,
      command: (who) => ({ type: 'start', serverUrl: settings.serverUrl, name: partyName, ...who }),
    });

  const join = (invite: Invite, journey: Journey | null) =>
    enter({
      journey,
      command: (who) => ({
        type: 'join',
        ...invite,
        ...who,
        goToContent: journey !== null,
        ...(journey?.goesTo && { agreedOrigin: journey.goesTo }),
      }),
    });

  const setName = (text: string) => {
    setNameText(text);
    setNameError(null);
  };
  return { name, setName, rememberName, nameError, start, join, error, busy };
}
