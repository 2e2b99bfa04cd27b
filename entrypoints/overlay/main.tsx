import '../../src/messaging/no-eval.ts';
import { render } from 'preact';
import { PORTS } from '../../src/messaging/runtime-port.ts';
import { browserHost } from '../../src/ui/host/browser-host.ts';
import { createCall } from '../../src/call/create-call.ts';
import { greeted } from '../../src/ui/overlay/greeting.ts';
import { Overlay } from '../../src/ui/overlay/overlay.tsx';
import '../../src/ui/styles.css';

const root = document.getElementById('app');
// A tab of its own has no film around it, and nobody to vouch for it.
if (root && window.parent !== window) {
  const greeting = greeted(window);
  const called = createCall(
    window,
    greeting.then(({ secret }) => ({ secret })),
  );
  void Promise.all([greeting, called]).then(([{ secret, line, ...start }, call]) => {
    const host = {
      ...browserHost({ port: PORTS.overlay, claim: { secret } }),
      call,
      // A window of its own is beside no page.
      ...(start.where === 'window' && { openPanel: null }),
    };
    render(<Overlay host={host} line={line} start={start} />, root);
  });
}
