import preact from '@preact/preset-vite';
import { defineConfig } from 'vite';

/** `npx vite test/ui/preview`: every state of the popup and the options page, without an extension around them. */
export default defineConfig({
  root: import.meta.dirname,
  plugins: [preact()],
  // As in wxt.config.ts.
  build: { cssTarget: ['chrome123', 'firefox140'] },
});
