import '../../src/messaging/no-eval.ts';
import { render } from 'preact';
import { OVERLAY_PORT } from '../../src/messaging/overlay.ts';
import { browserHost } from '../../src/ui/browser-host.ts';
import { createCall } from '../../src/ui/faces/create-call.ts';
import { overlayFrame } from '../../src/ui/overlay/overlay-frame.ts';
import { Overlay } from '../../src/ui/overlay/overlay.tsx';
import '../../src/ui/styles.css';
import '../../src/ui/overlay/overlay.css';
import '../../src/ui/faces/faces.css';

const root = document.getElementById('app');
// A tab of its own has no film around it, and nobody to vouch for it.
if (root && window.parent !== window) {
  void overlayFrame(window).then(async ({ secret, open, tell }) => {
    const claim = { secret };
    const call = await createCall(window, claim);
    const host = { ...browserHost({ port: OVERLAY_PORT, claim }), call };
    render(<Overlay host={host} tell={tell} startsOpen={open} />, root);
  });
}
