import { fileURLToPath } from 'node:url';
import { createServer as createPreview } from 'vite';
import { Started } from '../demo/stage.ts';
import { startFilmSite } from '../support/film-site.ts';
import { openBrowser, type DevBrowser } from './browser.ts';
import { serveExtension } from './extension.ts';
import { readOptions, type DevOptions } from './options.ts';
import { startWatchedServer } from './server.ts';

const PREVIEW = 'test/ui/preview/vite.config.ts';
const PROFILE = '.output/dev-profile';

process.chdir(fileURLToPath(new URL('../..', import.meta.url)));
const command = readOptions(process.argv.slice(2), process.env, process.platform);
if ('help' in command) process.stdout.write(command.help);
else if ('problem' in command) {
  console.error(command.problem);
  process.exitCode = 2;
} else {
  // What a failed start may have left behind must not keep this process alive.
  process.exit(await run(command.run));
}

/** Resolves with the exit code, when all that was started has ended. */
async function run(options: DevOptions): Promise<number> {
  const started = new Started();
  const interrupted = new AbortController();
  const end = () => interrupted.abort();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, end);
  // Vite exits the process at SIGTERM (its `setupSIGTERMListener`), before server and browser are closed.
  process.on('newListener', (event, listener: () => void) => {
    if (event === 'SIGTERM') process.nextTick(() => process.off('SIGTERM', listener));
  });
  const { signal } = interrupted;
  const whenInterrupted = new Promise<void>((resolve) => {
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
  try {
    const browser = await start(options, started, signal);
    await Promise.race([whenInterrupted, browser.ended]);
    console.log('Closing …');
    return 0;
  } catch (error) {
    if (signal.aborted) return 130;
    console.error(`npm run dev could not start: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await started.end();
  }
}

/**
 * Starts everything and prints where it is. A step that has begun is not cut off when `signal` aborts: what it is opening
 * could not be closed then.
 */
async function start(
  { headless, port }: DevOptions,
  started: Started,
  signal: AbortSignal,
): Promise<DevBrowser> {
  const say = (line: string) => console.log(line);
  const opened = (line: string, close: () => unknown) => {
    started.add(close);
    signal.throwIfAborted();
    say(line);
  };

  const server = await startWatchedServer(port, say);
  opened(`Server     ${server.url}`, () => server.close());
  // The build's default server (src/ui/host/browser-host.ts).
  process.env.WXT_SERVER_URL ??= server.url.replace('http', 'ws');

  const site = await startFilmSite();
  opened(`Film       ${site.origin}/film`, () => site.close());

  const preview = await createPreview({ configFile: PREVIEW, logLevel: 'warn' });
  await preview.listen();
  opened(`Preview    ${preview.resolvedUrls?.local[0] ?? 'nowhere'}`, () => preview.close());

  const extension = await serveExtension(say);
  opened(`Extension  ${extension.build}, its modules from ${extension.url}`, () => extension.close());

  const browser = await openBrowser(`${site.origin}/film`, {
    build: extension.build,
    profile: PROFILE,
    headless,
  });
  started.add(() => browser.close());
  if (browser.devToolsUrl) say(`DevTools   ${browser.devToolsUrl}`);
  say('Change a file under src/ and look. Ctrl-C, or closing the browser, ends everything.');
  return browser;
}
