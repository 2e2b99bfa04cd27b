/*
 * A player in a frame of another origin. The test asks the page, and the page its frame; nothing of it is seen by an
 * extension.
 */
import { make } from '/kit/page.js';

/** In the frame: what the page asks of its fixture is answered. */
export function answerTop() {
  addEventListener('message', async ({ data, source, origin }) => {
    if (!data?.ask) return;
    source.postMessage({ answers: data.id, value: await globalThis.fixture[data.ask](...data.with) }, origin);
  });
  parent.postMessage({ ready: true }, '*');
}

/** In the page: resolves once the frame has its player. `also` is done in the page before the same is done in the frame. */
export async function embed(src, parent, also = {}) {
  const allow = 'autoplay; encrypted-media; fullscreen';
  const frame = make('iframe', { src, allow, width: 880, height: 620 }, parent);
  await new Promise((resolve) => addEventListener('message', ({ data }) => data?.ready && resolve()));
  let asked = 0;
  const ask =
    (name) =>
    (...args) =>
      new Promise((resolve) => {
        const id = ++asked;
        also[name]?.(...args);
        const hear = ({ data }) => {
          if (data?.answers !== id) return;
          removeEventListener('message', hear);
          resolve(data.value);
        };
        addEventListener('message', hear);
        frame.contentWindow.postMessage({ ask: name, id, with: args }, '*');
      });
  globalThis.fixture = {
    truth: ask('truth'),
    showAd: (sec) => void ask('showAd')(sec),
    next: ask('next'),
    breakIt: (how) => void ask('breakIt')(how),
  };
}
