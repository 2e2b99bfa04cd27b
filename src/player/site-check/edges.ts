import { anyShadowRoot } from '../shadow-roots.ts';
import type { ExamineEdges } from './examine.ts';

/** The frame that this script runs in. */
export function thisFrame(): ExamineEdges {
  return {
    window,
    document,
    shadowOf: anyShadowRoot,
    pass: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
