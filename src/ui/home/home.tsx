import { parseInvite } from '../../invite/invite.ts';
import { isExposed } from '../../invite/server-address.ts';
import { LIMITS } from '../../protocol/index.ts';
import type { View } from '../../messaging/view.ts';
import type { PageHost } from '../host/page-host.ts';
import { Notice, TextField } from '../components/basics.tsx';
import { Mark } from '../components/icons.tsx';
import { PROBLEMS } from '../text/problems.ts';
import { siteName } from '../host/site-access.ts';
import type { Settings } from '../host/storage.ts';
import type { Target } from '../target.ts';
import { SiteCheckCard } from '../site-check/site-check.tsx';
import { EXPOSED_WARNING, serverName } from '../text/words.ts';
import { InviteCard } from './invite-card.tsx';
import { JoinParty } from './join-party.tsx';
import { StartParty } from './start-party.tsx';
import { TabStatus } from './tab-status.tsx';
import { useJoin } from './use-join.ts';
import { useRoomPreview } from './use-room-preview.ts';

/** The page of somebody who is in no party: who they are, and two ways in. */
export function Home(props: {
  host: PageHost;
  settings: Settings;
  target: Target;
  lastProblem: View['lastProblem'];
}) {
  const { host, settings, target, lastProblem } = props;
  const stays = host.onTabChange !== undefined;
  const form = useJoin(host, settings, target);
  const invite = parseInvite(target.tab?.url ?? '');
  const preview = useRoomPreview(host, invite);
  return (
    <main class="home">
      <header class="brand">
        <Mark />
        <h1 tabIndex={-1}>StreamSync</h1>
      </header>
      {lastProblem && <Notice>{PROBLEMS[lastProblem].ended ?? PROBLEMS[lastProblem].text}</Notice>}
      {form.error !== null && <Notice>{form.error}</Notice>}
      <TextField
        id="name"
        label="Your name"
        value={form.name}
        onInput={form.setName}
        onBlur={form.rememberName}
        error={form.nameError}
        placeholder="What your friends call you"
        maxLength={LIMITS.displayNameChars}
        autoComplete="nickname"
      />
      {invite ? (
        <>
          <InviteCard
            invite={invite}
            room={preview.room}
            asksFor={preview.missing === null ? null : siteName(preview.room?.content?.origin)}
            busy={form.busy}
            onJoin={() =>
              form.join(invite, { goesTo: preview.room?.content?.origin ?? null, missing: preview.missing })
            }
          />
          <details class="other-ways">
            <summary>Another party</summary>
            <JoinParty
              ownServer={settings.serverUrl}
              busy={form.busy}
              onJoin={(to) => form.join(to, { goesTo: null, missing: null })}
            />
          </details>
        </>
      ) : (
        <>
          {stays && <p>You are in no party. Start one, or join a friend’s.</p>}
          <TabStatus target={target} access={host.access} />
          <StartParty busy={form.busy} onStart={form.start} />
          <JoinParty ownServer={settings.serverUrl} busy={form.busy} onJoin={(to) => form.join(to, null)} />
          {mayCheck(target) && target.tab && <SiteCheckCard host={host} tabId={target.tab.id} mayTry />}
        </>
      )}
      {isExposed(settings.serverUrl) && (
        <Notice tone="warn" still>
          {EXPOSED_WARNING}
        </Notice>
      )}
      <footer class="server-line">
        <p class="fine">Server: {serverName(settings.serverUrl)}</p>
        <button type="button" class="link" onClick={host.openOptions}>
          Options
        </button>
      </footer>
    </main>
  );
}

/** Where we may look. */
function mayCheck({ probe }: Target): boolean {
  return probe?.status === 'ok' || probe?.status === 'no_video';
}
