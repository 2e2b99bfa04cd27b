import '../../src/messaging/no-eval.ts';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { App } from '../../src/ui/app.tsx';
import { browserHost } from '../../src/ui/host/browser-host.ts';
import { createCall } from '../../src/call/create-call.ts';
import type { PageHost } from '../../src/ui/host/page-host.ts';
import { onTabChange } from '../../src/ui/panel/tab-change.ts';
import { tellPresence } from '../../src/ui/panel/presence.ts';
import '../../src/ui/styles.css';

const root = document.getElementById('app');
const host: PageHost = {
  ...browserHost(),
  call: await createCall(window),
  // It is the panel itself.
  openPanel: null,
  onTabChange: (listener) => onTabChange(browser.tabs, window, listener),
};
if (root) render(<App host={host} />, root);
tellPresence(document, browser.runtime);
