import '../../src/messaging/no-eval.ts';
import { render } from 'preact';
import { browser } from 'wxt/browser';
import type { Command } from '../../src/messaging/commands.ts';
import { Permission } from '../../src/ui/faces/permission.tsx';
import '../../src/ui/styles.css';

const root = document.getElementById('app');
if (root)
  render(
    <Permission
      devices={navigator.mediaDevices}
      asksEachTime={import.meta.env.FIREFOX}
      allowed={() => void browser.runtime.sendMessage({ type: 'capture_allowed' } satisfies Command)}
      close={() => window.close()}
    />,
    root,
  );
