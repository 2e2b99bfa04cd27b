import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** What has just come stands where it is seen: it may be lower than its part of the page shows. */
export function useInSight<Part extends HTMLElement>(): RefObject<Part> {
  const part = useRef<Part>(null);
  useEffect(() => part.current?.scrollIntoView({ block: 'nearest' }), []);
  return part;
}
