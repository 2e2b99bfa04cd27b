import { useEffect, useState } from 'preact/hooks';

/** Whether the person's pointer or keys are in this page. */
export function usePresence(): boolean {
  const [hovered, setHovered] = useState(false);
  const [focused, setFocused] = useState(false);
  useEffect(() => {
    const gone = new AbortController();
    const { signal } = gone;
    const root = document.documentElement;
    const look = () => setFocused(document.hasFocus() && document.activeElement !== document.body);
    root.addEventListener('pointerenter', () => setHovered(true), { signal });
    root.addEventListener('pointermove', () => setHovered(true), { signal });
    root.addEventListener('pointerleave', () => setHovered(false), { signal });
    document.addEventListener('focusin', look, { signal });
    window.addEventListener('focus', look, { signal });
    window.addEventListener('blur', look, { signal });
    return () => gone.abort();
  }, []);
  return hovered || focused;
}
