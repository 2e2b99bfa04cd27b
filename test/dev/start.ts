import { fileURLToPath } from 'node:url';
import { createServer as createPreview } from 'vite';
import { Started } from '../demo/stage.ts';
import { startFilmSite } from '../support/film-site.ts';
import { openBrowser } from './browser.ts';
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
  const interrupted = new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => resolve());
  });
  try {
    const starting = start(options, started);
    // A start that is interrupted may fail over what is ended under it.
    starting.catch(() => undefined);
    await Promise.race([interrupted, starting]);
    console.log('Closing …');
    return 0;
  } catch (error) {
    console.error(`npm run dev could not start: ${error instanceof Error ? error.message : String(error)}`);
    return 1;
  } finally {
    await started.end();
  }
}

/** Starts everything and prints where it is; resolves when the browser has ended. */
async function start({ headless, port }: DevOptions, started: Started): Promise<void> {
  const say = (line: string) => console.log(line);

  const server = await startWatchedServer(port, say);
  started.add(() => server.close());
  say(`Server     ${server.url}`);
  // The build's default server (src/ui/browser-host.ts).
  process.env.WXT_SERVER_URL ??= server.url.replace('http', 'ws');

  const site = await startFilmSite();
  started.add(() => site.close());
  say(`Film       ${site.origin}/film`);

  const preview = await createPreview({ configFile: PREVIEW, logLevel: 'warn' });
  started.add(() => preview.close());
  await preview.listen();
  say(`Preview    ${preview.resolvedUrls?.local[0] ?? 'nowhere'}`);

  const extension = await serveExtension(say);
  started.add(() => extension.close());
  say(`Extension  ${extension.build}, its modules from ${extension.url}`);

  const browser = await openBrowser(`${site.origin}/film`, {
    build: extension.build,
    profile: PROFILE,
    headless,
  });
  started.add(() => browser.close());
  if (browser.devToolsUrl) say(`DevTools   ${browser.devToolsUrl}`);
  say('Change a file under src/ and look. Ctrl-C, or closing the browser, ends everything.');
  await browser.ended;
}
