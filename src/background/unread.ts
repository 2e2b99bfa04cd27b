import { lineKey, type ChatItem } from '../party/index.ts';

/** What of a session is looked at. */
interface Chat {
  roomId: string;
  chat: readonly ChatItem[];
}

/** How many messages of others came since a page of ours last showed the chat. Told by order, not by anybody's clock. */
export class Unread {
  #roomId: string | null = null;
  #seen: string | null = null;

  /** A page shows all that was said so far. */
  seen(session: Chat | null): void {
    this.#roomId = session?.roomId ?? null;
    this.#seen = session && lastOf(session);
  }

  count(session: Chat | null): number {
    if (!session) return 0;
    // What was said before this person came in, or this background lived, is no news.
    if (session.roomId !== this.#roomId) this.seen(session);
    const others = session.chat.filter(({ mine }) => !mine);
    return others.length - 1 - others.findIndex((line) => lineKey(line) === this.#seen);
  }
}

function lastOf({ chat }: Chat): string | null {
  const last = chat.findLast(({ mine }) => !mine);
  return last ? lineKey(last) : null;
}
