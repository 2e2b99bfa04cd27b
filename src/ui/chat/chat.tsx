import { useEffect, useMemo } from 'preact/hooks';
import type { PartyView } from '../../messaging/view.ts';
import { lineKey } from '../../party/index.ts';
import type { ChatRef } from '../../protocol/index.ts';
import type { PageHost } from '../host/page-host.ts';
import { Boundary } from '../components/boundary.tsx';
import { Composer } from './composer.tsx';
import { ChatLog } from './log.tsx';
import { Typing } from './typing.tsx';
import { useDraft } from './use-draft.ts';

/** The conversation of a party. */
export function Chat({ party, host }: { party: PartyView; host: Pick<PageHost, 'link' | 'drafts'> }) {
  const { ask } = host.link;
  const draft = useDraft(`${party.serverUrl} ${party.roomId}`, host.drafts, ask);
  const last = party.chat.at(-1);
  const lastKey = last && lineKey(last);
  useEffect(() => void ask({ type: 'seen' }), [ask, lastKey]);
  // A live stream has no "12:30" to go to.
  const seeks = party.iControl && !party.content?.live;
  const acts = useMemo(
    () => ({
      onRetry: (id: string) => void ask({ type: 'retry_chat', id }),
      onSeek: (positionSec: number) => void ask({ type: 'seek_to', positionSec }),
      onReact: (to: ChatRef, emoji: string, on: boolean) => void ask({ type: 'react', to, emoji, on }),
    }),
    [ask],
  );
  return (
    <section class="chat" aria-label="Chat">
      <Boundary what="The conversation">
        <ChatLog
          chat={party.chat}
          notices={party.notices}
          members={party.members}
          onRetry={acts.onRetry}
          onSeek={seeks ? acts.onSeek : undefined}
          onReact={acts.onReact}
        />
      </Boundary>
      <Boundary what="Who is typing">
        <Typing userIds={party.typing} members={party.members} />
      </Boundary>
      <Composer
        text={draft.text}
        error={draft.error}
        onInput={(text) => {
          draft.change(text);
          void ask({ type: 'set_typing', typing: text !== '' });
        }}
        onSend={() => {
          void ask({ type: 'set_typing', typing: false });
          void draft.send();
        }}
      />
    </section>
  );
}
