import { PANEL_REFUSED, usePanel } from '../panel/use-panel.ts';

/** The way to the panel beside the page, where the browser has one. */
export function PanelButton({ openPanel }: { openPanel: (() => Promise<boolean>) | null }) {
  const { open, refused } = usePanel(openPanel);
  if (!open) return null;
  return (
    <>
      <button type="button" class="small" onClick={open}>
        Open beside the page
      </button>
      {refused && (
        <p class="fine" role="alert">
          {PANEL_REFUSED}
        </p>
      )}
    </>
  );
}
