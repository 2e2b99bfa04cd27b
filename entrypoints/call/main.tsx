import '../../src/messaging/no-eval.ts';
import { render } from 'preact';
import { Permission } from '../../src/ui/faces/permission.tsx';
import '../../src/ui/styles.css';

const root = document.getElementById('app');
if (root)
  render(
    <Permission
      devices={navigator.mediaDevices}
      asksEachTime={import.meta.env.FIREFOX}
      close={() => window.close()}
    />,
    root,
  );
