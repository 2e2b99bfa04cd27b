import '../../src/messaging/no-eval.ts';
import { render } from 'preact';
import { browserHost } from '../../src/ui/host/browser-host.ts';
import { Options } from '../../src/ui/options/options.tsx';
import '../../src/ui/styles.css';

const root = document.getElementById('app');
if (root) {
  render(
    <Options
      host={browserHost()}
      openSocket={(url) => new WebSocket(url)}
      welcome={location.hash === '#welcome'}
    />,
    root,
  );
}
