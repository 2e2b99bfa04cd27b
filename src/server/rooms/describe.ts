import type { Room } from './room.ts';

/** What the landing page shows of a room to somebody who knows its name. */
export interface RoomView {
  exists: boolean;
  /** Display names of who is there. */
  members: string[];
  content: { title?: string; site?: string } | null;
  playing: boolean;
}

const MAX_TITLE_CHARS = 200;

export function describe(room: Room | undefined): RoomView {
  if (!room) return { exists: false, members: [], content: null, playing: false };
  const { content, timeline } = room.state;
  const present = [...room.members.values()].filter(({ session }) => session);
  return {
    exists: true,
    members: present.map(({ peer }) => peer.displayName),
    content: content && { ...titleOf(content.meta), ...siteOf(content.contentId) },
    playing: timeline?.playing ?? false,
  };
}

function titleOf(meta: unknown): { title?: string } {
  if (typeof meta !== 'object' || meta === null || !('title' in meta)) return {};
  const { title } = meta;
  return typeof title === 'string' && title.trim() !== ''
    ? { title: title.trim().slice(0, MAX_TITLE_CHARS) }
    : {};
}

function siteOf(contentId: string): { site?: string } {
  if (!/^https?:\/\//i.test(contentId) || !URL.canParse(contentId)) return {};
  return { site: new URL(contentId).hostname.replace(/^www\./, '') };
}
