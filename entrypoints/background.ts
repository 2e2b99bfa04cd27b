import '../src/messaging/no-eval.ts';
import { browser } from 'wxt/browser';
import { defineBackground } from 'wxt/utils/define-background';
import { runBackground } from '../src/background/run-background.ts';

export default defineBackground(() => {
  runBackground();
  browser.runtime.onInstalled.addListener(({ reason }) => {
    // The first thing a person needs is a name and a server, and to know where the icon is.
    if (reason === 'install')
      void browser.tabs.create({ url: browser.runtime.getURL('/options.html#welcome') });
  });
});
