import '../../src/messaging/no-eval.ts';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import { App } from '../../src/ui/app.tsx';
import { browserHost } from '../../src/ui/browser-host.ts';
import '../../src/ui/styles.css';

const root = document.getElementById('app');
if (root) render(<App host={browserHost()} />, root);

// A real popup is in no tab; its size is its own, a tab's is the window's.
void browser.tabs.getCurrent().then((tab) => {
  if (tab) document.documentElement.dataset.place = 'tab';
});
