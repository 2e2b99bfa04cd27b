import type { PartyView } from '../../messaging/view.ts';
import { useCommands } from '../hooks.ts';
import type { PageHost } from '../host/page-host.ts';
import { Mark } from '../components/icons.tsx';
import { Waiting } from '../party/waiting.tsx';
import type { OverlayLine } from './greeting.ts';
import { useDrag } from './use-drag.ts';
import type { Toast } from './use-toasts.ts';

/** The overlay folded up: what happened just now, and the way back. */
export function Pill(props: {
  host: PageHost;
  party: PartyView;
  toasts: Toast[];
  unread: number;
  line: OverlayLine;
  onOpen: () => void;
}) {
  const { party, unread } = props;
  const { run } = useCommands(props.host.link);
  const moving = useDrag(props.line, (dxPx, dyPx) => props.line.tell({ type: 'move', dxPx, dyPx }));
  return (
    <div class="folded">
      <div class="toasts">
        <Waiting party={party} onGoOn={() => void run({ type: 'go_on' })} />
        <div role="status" class="toast-list">
          {props.toasts.map(({ id, name, text }) => (
            <p key={id} class="toast" dir="auto">
              <strong>
                <bdi>{name}</bdi>
              </strong>{' '}
              {text}
            </p>
          ))}
        </div>
      </div>
      <button
        type="button"
        class="pill"
        {...moving.pointer}
        {...moving.keys}
        onClick={() => !moving.wasDragged() && props.onOpen()}
      >
        <Mark size={32} />
        {unread > 0 && (
          <span class="unread" aria-hidden="true">
            {unread > 99 ? '99+' : unread}
          </span>
        )}
        <span class="visually-hidden">
          Open the party{unread > 0 && `, ${unread} new ${unread === 1 ? 'message' : 'messages'}`}
        </span>
      </button>
    </div>
  );
}
