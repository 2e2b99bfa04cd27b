import { browser } from 'wxt/browser';
import type { AreaEdge } from './storage.ts';

/** For what need not outlive the browser. Firefox's frames have the name of this area and nothing behind it: there it does. */
export function sessionArea(): AreaEdge {
  const { local, session } = browser.storage as { local: AreaEdge; session?: AreaEdge };
  return session ?? local;
}
