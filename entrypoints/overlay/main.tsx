import '../../src/messaging/no-eval.ts';
import { render } from 'preact';
import { OVERLAY_PORT } from '../../src/messaging/overlay.ts';
import { browserHost } from '../../src/ui/browser-host.ts';
import { overlayFrame } from '../../src/ui/overlay/overlay-frame.ts';
import { Overlay } from '../../src/ui/overlay/overlay.tsx';
import '../../src/ui/styles.css';
import '../../src/ui/overlay/overlay.css';

const root = document.getElementById('app');
// A tab of its own has no film around it, and nobody to vouch for it.
if (root && window.parent !== window) {
  void overlayFrame(window).then(({ secret, open, tell }) => {
    const host = browserHost({ port: OVERLAY_PORT, claim: { secret } });
    render(<Overlay host={host} tell={tell} startsOpen={open} />, root);
  });
}
