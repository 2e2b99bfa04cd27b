import { useEffect, useState } from 'preact/hooks';
import type { Invite } from '../../party/invite.ts';
import { field } from '../../protocol/index.ts';
import { useCommands } from '../hooks.ts';
import type { PageHost } from '../page-host.ts';
import type { Settings } from '../storage.ts';
import type { Target } from '../target.ts';

/** The name a person gave, and joining under it. */
export function useJoin(host: PageHost, settings: Settings, target: Target) {
  const [name, setNameText] = useState(settings.displayName);
  const [nameError, setNameError] = useState<string | null>(null);
  const { run, error, busy } = useCommands(host.link);

  /** A click that came before the tab was known; it counts as soon as it is. */
  const [early, setEarly] = useState<{ invite: Invite; goToContent: boolean } | null>(null);

  const rememberName = () => {
    const displayName = field.displayName.safeParse(name.trim());
    if (displayName.success) void host.settings.write({ displayName: displayName.data });
  };

  /** @param goesTo The site the tab will go to, where the person has still to let us in. */
  const join = (invite: Invite, goToContent: boolean, goesTo: string | null = null) => {
    const displayName = field.displayName.safeParse(name.trim());
    if (!displayName.success) {
      setNameError('Type a name first, so that the others know who you are.');
      document.getElementById('name')?.focus();
      return;
    }
    if (busy) return;
    if (!target.tab) {
      setEarly({ invite, goToContent });
      return;
    }
    // First thing in the click, because Firefox refuses it later; and not waited for, because the browser's question
    // can close the popup and with it whatever waits. Without a yes the party still has this click's access.
    const missing = goToContent ? goesTo : target.missing;
    if (missing !== null) void host.access.request([missing]).catch(() => false);
    void host.settings.write({ displayName: displayName.data });
    void run({
      command: 'join',
      ...invite,
      displayName: displayName.data,
      tabId: target.tab.id,
      goToContent,
    });
  };

  useEffect(() => {
    if (!early || !target.tab) return;
    setEarly(null);
    join(early.invite, early.goToContent);
    // Only the tab's coming matters; `join` is another function at each drawing.
  }, [early, target.tab]);

  const setName = (text: string) => {
    setNameText(text);
    setNameError(null);
  };
  return { name, setName, rememberName, nameError, join, error, busy };
}
