import type { Command } from '../../messaging/commands.ts';
import type { PartyView } from '../../messaging/view.ts';
import { siteName } from '../host/site-access.ts';

/**
 * How the tab gets to what the party watches: any member may have told the address, so the person is told its host, and agrees
 * to that one. Null where there is no address.
 */
export function goToContent({ content }: PartyView): { host: string; command: Command } | null {
  const host = siteName(content?.url);
  if (content?.url === undefined || host === null) return null;
  return { host, command: { type: 'go_to_content', origin: new URL(content.url).origin } };
}
