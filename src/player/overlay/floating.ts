import { dress } from './host-element.ts';

const RISE_MS = 3200;
/** See-through as it is, it would lie over the overlay, which takes no press then. */
const STYLE = 'div::backdrop { display: none; }';
/** More at once are neither seen nor cheap. */
const AT_MOST = 24;

/**
 * Lets emoji float up over the film. They are in the top layer like the overlay, and nothing of them can be clicked. They
 * rise on the side where the overlay is not, since the overlay trusts no click while something lies over it.
 */
export function floatingReactions(window: Window, document: Document, signal: AbortSignal) {
  const host = document.createElement('div');
  const layer = document.createElement('div');
  const style = document.createElement('style');
  style.textContent = STYLE;
  host.attachShadow({ mode: 'closed' }).append(style, layer);
  host.setAttribute('aria-hidden', 'true');
  layer.popover = 'manual';
  for (const element of [host, layer]) {
    dress(element, {
      ...{ all: 'initial', position: 'fixed', inset: 'auto', display: 'block', margin: '0', padding: '0' },
      ...{ left: '0', bottom: '0', width: '0', height: '0', border: '0', overflow: 'visible' },
      ...{ background: 'none', 'pointer-events': 'none' },
    });
  }
  signal.addEventListener('abort', () => host.remove());

  return (emoji: string, fromLeft: boolean) => {
    if (layer.childElementCount >= AT_MOST) return;
    if (!host.isConnected) document.documentElement.append(host);
    if (!layer.matches(':popover-open')) layer.showPopover();
    const drawn = document.createElement('span');
    drawn.textContent = emoji;
    const across = (0.06 + Math.random() * 0.24) * window.innerWidth;
    dress(drawn, {
      ...{ all: 'initial', position: 'fixed', 'pointer-events': 'none', 'user-select': 'none' },
      ...{ 'font-size': '40px', 'line-height': '1.2', 'white-space': 'nowrap', bottom: '12vh' },
      [fromLeft ? 'left' : 'right']: `${across}px`,
    });
    layer.append(drawn);
    const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
    const animation = drawn.animate(still ? FADE : rise(window.innerHeight), {
      duration: RISE_MS,
      easing: 'ease-out',
      fill: 'forwards',
    });
    animation.onfinish = () => {
      drawn.remove();
      if (layer.childElementCount === 0) host.remove();
    };
  };
}

const FADE: Keyframe[] = [
  { opacity: 0 },
  { opacity: 1, offset: 0.1 },
  { opacity: 1, offset: 0.8 },
  { opacity: 0 },
];

function rise(heightPx: number): Keyframe[] {
  const swayPx = (Math.random() - 0.5) * 60;
  return [
    { transform: 'translate(0, 0) scale(0.4)', opacity: 0 },
    { transform: `translate(${swayPx / 2}px, -${0.06 * heightPx}px) scale(1.15)`, opacity: 1, offset: 0.12 },
    { transform: `translate(${swayPx}px, -${0.45 * heightPx}px) scale(1)`, opacity: 1, offset: 0.75 },
    { transform: `translate(${swayPx}px, -${0.6 * heightPx}px) scale(0.9)`, opacity: 0 },
  ];
}
