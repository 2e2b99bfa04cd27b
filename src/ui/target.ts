import { useCallback, useEffect, useState } from 'preact/hooks';
import type { TabProbe } from '../messaging/commands.ts';
import type { PageHost } from './host/page-host.ts';
import { sitePattern } from './host/site-access.ts';
import type { TargetTab } from './host/target-tab.ts';

/** The tab that would take part and what is known of it. */
export interface Target {
  /** Null until looked up, and when there is none. */
  tab: TargetTab | null;
  probe: TabProbe | null;
  /** Whether it was tried to look into the tab. */
  looked: boolean;
  /** What to ask the person for so that the site works beyond this click; null when nothing is needed. */
  missing: string | null;
  ready: boolean;
}

const LOOK_AGAIN_MS = 3000;
const NOTHING: Target = { tab: null, probe: null, looked: false, missing: null, ready: false };

/**
 * Looks the tab up when the page opens, when a site is granted or another tab comes to the front, and while a video has yet to appear.
 * @param toProbe Which tab may also be looked into.
 */
export function useTarget(host: PageHost, toProbe: 'any' | 'none' | number): Target {
  const [target, setTarget] = useState(NOTHING);
  const look = useCallback(async () => {
    const tab = await host.targetTab();
    const pattern = sitePattern(tab?.url);
    const granted = pattern === null || (await host.access.has(pattern));
    const mayProbe = tab !== null && (toProbe === 'any' || toProbe === tab.id);
    const reply = mayProbe ? await host.link.ask({ type: 'probe_tab', tabId: tab.id }) : null;
    const probe = reply?.ok ? (reply.probe ?? null) : null;
    return { tab, probe, looked: mayProbe, missing: granted ? null : pattern, ready: true };
  }, [host, toProbe]);

  useEffect(() => {
    // A slow look must not overwrite what a later one found.
    let latest = 0;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const lookNow = async () => {
      clearTimeout(timer);
      const mine = ++latest;
      const found = await look();
      if (mine !== latest) return;
      setTarget(found);
      if (found.probe?.status === 'no_video') timer = setTimeout(() => void lookNow(), LOOK_AGAIN_MS);
    };
    void lookNow();
    const stopListening = host.access.onChange(() => void lookNow());
    const stopFollowing = host.onTabChange?.(() => void lookNow());
    return () => {
      latest = Infinity;
      clearTimeout(timer);
      stopListening();
      stopFollowing?.();
    };
  }, [host, look]);
  return target;
}
