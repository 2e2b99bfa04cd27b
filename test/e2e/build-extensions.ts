import { build } from 'wxt';

/** Builds once what the end-to-end tests load: both browsers, with the hosts of this machine granted. */
export default function buildExtensions(): Promise<void> {
  return (once.built ??= buildBoth());
}

/** Both projects of end-to-end tests ask for it, each with modules of its own. */
const once = globalThis as { built?: Promise<void> };

async function buildBoth(): Promise<void> {
  for (const browser of ['chrome', 'firefox']) {
    await build({ mode: 'demo', browser, logger: quiet });
  }
}

const ignore = () => undefined;
const quiet = {
  debug: ignore,
  info: ignore,
  log: ignore,
  success: ignore,
  warn: ignore,
  fatal: console.error,
  error: console.error,
  level: 0,
};
