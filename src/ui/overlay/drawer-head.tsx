import type { usePanel } from '../panel/use-panel.ts';
import { FoldIcon, GripIcon, PanelIcon, PopOutIcon } from '../components/icons.tsx';
import type { OverlayLine } from './greeting.ts';
import { useDrag } from './use-drag.ts';

/** The name of the party over the film; it is moved by this, folded, and shown elsewhere. */
export function DrawerHead(props: {
  title: string;
  panel: ReturnType<typeof usePanel>;
  line: OverlayLine;
  canPopOut: boolean;
  onFold: () => void;
}) {
  const { panel, line } = props;
  const moving = useDrag(line, (dxPx, dyPx) => line.tell({ type: 'move', dxPx, dyPx }));
  return (
    <header class="drawer-head" {...moving.pointer}>
      <h1 dir="auto">{props.title}</h1>
      {props.canPopOut && (
        <button type="button" class="icon-button quiet" onClick={() => line.tell({ type: 'pop_out' })}>
          <PopOutIcon />
          <span class="visually-hidden">Open in a window of its own</span>
        </button>
      )}
      {panel.open && (
        <button type="button" class="icon-button quiet" onClick={panel.open}>
          <PanelIcon />
          <span class="visually-hidden">Open beside the page</span>
        </button>
      )}
      <button type="button" class="icon-button quiet drag" {...moving.keys}>
        <GripIcon />
        <span class="visually-hidden">Move with the arrow keys</span>
      </button>
      <button type="button" class="icon-button quiet" onClick={props.onFold}>
        <FoldIcon />
        <span class="visually-hidden">Fold</span>
      </button>
    </header>
  );
}
