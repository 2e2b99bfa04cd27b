import '../../src/messaging/no-eval.ts';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { App } from '../../src/ui/app.tsx';
import { browserHost } from '../../src/ui/host/browser-host.ts';
import '../../src/ui/styles.css';

const root = document.getElementById('app');
const host = browserHost();
if (root) render(<App host={{ ...host, openPanel: host.openPanel && thenClosing(host.openPanel) }} />, root);

// A real popup is in no tab; its size is its own, a tab's is the window's.
void browser.tabs.getCurrent().then((tab) => {
  if (tab) document.documentElement.dataset.place = 'tab';
});

/** What is beside the page from now on need not stand over it as well. */
function thenClosing(open: () => Promise<boolean>) {
  return async () => {
    const opened = await open();
    if (opened && document.documentElement.dataset.place === 'popup') window.close();
    return opened;
  };
}
