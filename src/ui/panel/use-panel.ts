import { useState } from 'preact/hooks';

export const PANEL_REFUSED =
  'Your browser did not open it. Open StreamSync from your browser’s list of side panels.';

/** Opening the panel beside the page, from a press: null where this page cannot. */
export function usePanel(openPanel: (() => Promise<boolean>) | null) {
  const [refused, setRefused] = useState(false);
  const open = openPanel && (() => void openPanel().then((opened) => setRefused(!opened)));
  return { open, refused };
}
