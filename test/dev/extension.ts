import { createServer } from 'wxt';

export interface DevExtension {
  /** The folder that the browser loads. */
  build: string;
  /** Where the extension's pages get their modules from. */
  url: string;
  close: () => Promise<void>;
}

/**
 * Builds the extension with the hosts of this machine granted, and again at each change. It has a folder of its own, so
 * that the end-to-end tests and the demo can run meanwhile.
 */
export async function serveExtension(say: (line: string) => void): Promise<DevExtension> {
  const server = await createServer({
    mode: 'demo',
    outDirTemplate: 'dev',
    webExt: { disabled: true },
    // All four shortcuts that Chromium lets an extension suggest are taken.
    dev: { reloadCommand: false },
    logger: loggerFor(say),
  });
  await server.start();
  return { build: '.output/dev', url: server.origin, close: () => server.stop() };
}

/** Says what a contributor waits for: that a change was built, or why it was not. */
function loggerFor(say: (line: string) => void) {
  const ignore = () => undefined;
  const speak = (...words: unknown[]) => say(`Extension: ${words.map(String).join(' ')}`);
  return {
    debug: ignore,
    log: ignore,
    info: (...words: unknown[]) => {
      if (String(words[0]).startsWith('Changed')) speak(...words);
    },
    success: (...words: unknown[]) => {
      if (String(words[0]).startsWith('Reloaded')) speak(...words);
    },
    warn: speak,
    error: speak,
    fatal: speak,
    level: 3,
  };
}
