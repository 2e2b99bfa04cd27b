import { useEffect } from 'preact/hooks';
import type { PartyView } from '../../messaging/view.ts';
import type { PageHost } from '../page-host.ts';
import { Composer } from './composer.tsx';
import { ChatLog } from './log.tsx';
import { Typing } from './typing.tsx';
import { useDraft } from './use-draft.ts';

/** The conversation of a party. */
export function Chat({ party, host }: { party: PartyView; host: Pick<PageHost, 'link' | 'drafts'> }) {
  const { ask } = host.link;
  const draft = useDraft(`${party.serverUrl} ${party.roomId}`, host.drafts, ask);
  const lastId = party.chat.at(-1)?.id;
  useEffect(() => void ask({ command: 'seen' }), [ask, lastId]);
  // A live stream has no "12:30" to go to.
  const seeks = party.iControl && !party.content?.live;
  return (
    <section class="chat" aria-label="Chat">
      <ChatLog
        chat={party.chat}
        notices={party.notices}
        members={party.members}
        onRetry={(id) => void ask({ command: 'retry_chat', id })}
        onSeek={seeks ? (positionSec) => void ask({ command: 'seek_to', positionSec }) : undefined}
        onReact={(to, emoji, on) => void ask({ command: 'react', to, emoji, on })}
      />
      <Typing userIds={party.typing} members={party.members} />
      <Composer
        text={draft.text}
        error={draft.error}
        onInput={(text) => {
          draft.change(text);
          void ask({ command: 'set_typing', typing: text !== '' });
        }}
        onSend={() => {
          void ask({ command: 'set_typing', typing: false });
          void draft.send();
        }}
      />
    </section>
  );
}
