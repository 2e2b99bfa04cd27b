import { tellApart, visibleText, type RoomPreview } from '../../protocol/index.ts';
import { keyMatches } from './access.ts';
import type { Room } from './room.ts';
import type { Content } from './state.ts';

const MAX_TITLE_CHARS = 200;
/** The longest host name of the DNS. */
const MAX_HOST_CHARS = 253;

const NO_ROOM: RoomPreview = { exists: false, keyed: false, members: [], content: null, playing: false };

export function previewRoom(room: Room | undefined, key?: string): RoomPreview {
  if (!room) return NO_ROOM;
  if (!keyMatches(room.state, key)) return { ...NO_ROOM, exists: true, keyed: true };
  const { content, timeline } = room.state;
  const members = [...room.members.values()];
  const nameOf = tellApart(members.map(({ peer }) => peer));
  return {
    exists: true,
    keyed: false,
    members: members.filter(({ connection }) => connection).map(({ peer }) => nameOf(peer)),
    content: content && { ...titleOf(content.meta), ...siteOf(content) },
    playing: timeline?.playing ?? false,
  };
}

function titleOf(meta: unknown): { title?: string } {
  if (typeof meta !== 'object' || meta === null || !('title' in meta)) return {};
  const title = typeof meta.title === 'string' ? visibleText(meta.title.slice(0, MAX_TITLE_CHARS)) : '';
  return title === '' ? {} : { title };
}

/** The browser asks its user about `origin` before it lets the extension in. */
function siteOf({ contentId, meta }: Content): { site?: string; origin?: string } {
  const told = typeof meta === 'object' && meta !== null && 'url' in meta ? meta.url : undefined;
  const address = typeof told === 'string' ? told : contentId;
  if (!/^https?:\/\//i.test(address) || !URL.canParse(address)) return {};
  const { hostname, origin } = new URL(address);
  if (hostname.length > MAX_HOST_CHARS) return {};
  return { site: hostname.replace(/^www\./, ''), origin };
}
