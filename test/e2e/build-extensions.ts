import { build } from 'wxt';

/** Builds what the end-to-end tests load: both browsers, with the hosts of this machine granted. */
export default async function buildExtensions(): Promise<void> {
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
