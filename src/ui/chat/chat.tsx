import type { PartyView } from '../../messaging/view.ts';
import type { PageHost } from '../page-host.ts';
import { Composer } from './composer.tsx';
import { ChatLog } from './log.tsx';
import { useDraft } from './use-draft.ts';

/** The conversation of a party. */
export function Chat({ party, host }: { party: PartyView; host: Pick<PageHost, 'link' | 'drafts'> }) {
  const { ask } = host.link;
  const draft = useDraft(`${party.serverUrl} ${party.roomId}`, host.drafts, ask);
  return (
    <section class="chat" aria-label="Chat">
      <ChatLog
        chat={party.chat}
        notices={party.notices}
        members={party.members}
        onRetry={(id) => void ask({ command: 'retry_chat', id })}
        onSeek={party.iControl ? (positionSec) => void ask({ command: 'seek_to', positionSec }) : undefined}
      />
      <Composer
        text={draft.text}
        error={draft.error}
        onInput={draft.change}
        onSend={() => void draft.send()}
      />
    </section>
  );
}
