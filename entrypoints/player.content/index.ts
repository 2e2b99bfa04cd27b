import '../../src/messaging/no-eval.ts';
import { browser } from 'wxt/browser';
import { defineContentScript } from 'wxt/utils/define-content-script';
import { PLAYER_PORT } from '../../src/messaging/player-port.ts';
import { connectToBackground } from '../../src/player/background-link.ts';
import { runFrame } from '../../src/player/frame-agent.ts';
import { anyShadowRoot } from '../../src/player/shadow-roots.ts';

/** Marks a frame that has its script, in the extension's own world, which no page can see. */
const marked = globalThis as typeof globalThis & { streamsyncPlayer?: AbortController };

export default defineContentScript({
  registration: 'runtime',
  matches: [],
  allFrames: true,
  main: () => {
    if (marked.streamsyncPlayer && !marked.streamsyncPlayer.signal.aborted) return;
    const quit = new AbortController();
    marked.streamsyncPlayer = quit;
    runFrame({
      window,
      document,
      connect: (events) => connectToBackground(() => browser.runtime.connect({ name: PLAYER_PORT }), events),
      shadowOf: anyShadowRoot,
      quit,
    });
  },
});
