import { useState } from 'preact/hooks';
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

  const rememberName = () => {
    const displayName = field.displayName.safeParse(name.trim());
    if (displayName.success) void host.settings.write({ displayName: displayName.data });
  };

  const join = (invite: Invite, goToContent: boolean) => {
    const displayName = field.displayName.safeParse(name.trim());
    if (!displayName.success) {
      setNameError('Type a name first, so that the others know who you are.');
      document.getElementById('name')?.focus();
      return;
    }
    if (!target.tab || busy) return;
    // First thing in the click, because Firefox refuses it later; and not waited for, because the browser's question
    // can close the popup and with it whatever waits. Without a yes the party still has this click's access.
    if (target.missing !== null && !goToContent)
      void host.access.request([target.missing]).catch(() => false);
    void host.settings.write({ displayName: displayName.data });
    void run({
      command: 'join',
      ...invite,
      displayName: displayName.data,
      tabId: target.tab.id,
      goToContent,
    });
  };

  const setName = (text: string) => {
    setNameText(text);
    setNameError(null);
  };
  return { name, setName, rememberName, nameError, join, error, busy };
}
