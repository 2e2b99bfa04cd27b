import type { ChatView } from '../../messaging/view.ts';
import type { Notice } from '../../protocol/index.ts';

export type Line = { message: ChatView; notice?: never } | { notice: Notice; message?: never };

/** Chat and what happened in one order of time; what is still being sent stays below. */
export function lines(chat: readonly ChatView[], notices: readonly Notice[]): Line[] {
  const all: Line[] = [];
  let next = 0;
  const noticesUntil = (tsMs: number) => {
    for (let notice = notices[next]; notice && notice.tsMs <= tsMs; notice = notices[++next]) {
      all.push({ notice });
    }
  };
  for (const message of chat) {
    noticesUntil(message.delivery === 'sent' ? message.tsMs : Infinity);
    all.push({ message });
  }
  noticesUntil(Infinity);
  return all;
}
