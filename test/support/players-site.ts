import { fileURLToPath } from 'node:url';
import { existsSync } from 'node:fs';

const FOLDER = new URL('../sites/players/', import.meta.url);
const PACKAGES = new URL('../../node_modules/', import.meta.url);
const IN_A_PACKAGE = /^\/players\/packages\/((?:hls\.js|shaka-player|dashjs|video\.js|plyr)\/.+)$/;

/** The file that the pages of test/sites/players mean by an address; `null` if it is none of theirs. */
export function playersFile(pathname: string): string | null {
  const inPackage = IN_A_PACKAGE.exec(pathname)?.[1];
  const path = fileURLToPath(
    inPackage === undefined
      ? new URL(pathname.replace(/^\/players\/?/, '') || 'index.html', FOLDER)
      : new URL(inPackage, PACKAGES),
  );
  return /^\/players(\/|$)/.test(pathname) && existsSync(path) ? path : null;
}

/** Whether it is a part of the film, or a list of its parts. */
export function isStream(pathname: string): boolean {
  return pathname.startsWith('/players/media/');
}
