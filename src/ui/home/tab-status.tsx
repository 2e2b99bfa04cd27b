import { siteName, sitePattern, type SiteAccess } from '../host/site-access.ts';
import type { Target } from '../target.ts';
import { ScreenIcon } from '../components/icons.tsx';

/** What the tab has to offer, in a line, and what to press when it offers nothing yet. */
export function TabStatus({ target, access }: { target: Target; access: SiteAccess }) {
  const hidden = target.probe?.hiddenFrameOrigins ?? [];
  const ask = (pattern: string) => void access.request([pattern]).catch(() => false);
  const site = siteName(target.tab?.url);
  const canAllow = target.probe?.status === 'not_permitted' ? sitePattern(target.tab?.url) : null;
  return (
    <div class="tab-status">
      <p role="status" class="tab-words">
        <ScreenIcon />
        <span>{words(target)}</span>
      </p>
      {canAllow !== null && (
        <button type="button" class="small" onClick={() => ask(canAllow)}>
          Allow on {site}
        </button>
      )}
      {target.missing !== null && (
        <p class="fine">
          When you join, your browser asks about {site}, so that StreamSync keeps working when the page
          reloads.
        </p>
      )}
      {hidden.map((origin) => {
        const pattern = sitePattern(origin);
        return (
          pattern !== null && (
            <div key={origin} class="hidden-frame">
              <p>The player on this page comes from {siteName(origin)}. Allow it too.</p>
              <button type="button" class="small" onClick={() => ask(pattern)}>
                Allow {siteName(origin)}
              </button>
            </div>
          )
        );
      })}
    </div>
  );
}

const HIDDEN =
  'Your browser does not show StreamSync the tab in front. Go to the film, and press StreamSync’s icon in the toolbar once.';

function words({ tab, probe, looked, ready }: Target): string {
  if (!ready) return 'Looking for a video…';
  const site = siteName(tab?.url);
  switch (probe?.status) {
    case 'ok':
      return site === null ? 'A video was found in this tab.' : `A video was found on ${site}.`;
    case 'no_video':
      return 'No video here yet. Open the film, and StreamSync will pick it up.';
    case 'not_permitted':
      return 'StreamSync may not run on this site yet.';
    case 'not_a_site':
      return 'This is a page of the browser. Open the page with the film first; you can still join and chat.';
    case undefined:
      if (!tab) return 'Open the page with the film first.';
      if (looked) return 'StreamSync could not look into this tab.';
      return site === null ? HIDDEN : `The party will be in the tab in front, on ${site}.`;
  }
}
