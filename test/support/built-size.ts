import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Bytes of a built page or script and all that it loads at once; what it asks for later does not count. */
export function bytesLoadedBy(build: string, entry: string): number {
  const loaded = new Map<string, number>();
  const load = (path: string) => {
    if (loaded.has(path)) return;
    const text = readFileSync(join(build, path), 'utf8');
    loaded.set(path, Buffer.byteLength(text));
    for (const named of namedIn(path, text)) load(resolve(path, named));
  };
  load(entry);
  return [...loaded.values()].reduce((sum, bytes) => sum + bytes, 0);
}

/** Addresses of scripts and styles, as the bundler writes them. */
function namedIn(path: string, text: string): string[] {
  const pattern = path.endsWith('.html')
    ? /(?:src|href)="([^"]+\.(?:js|css))"/g
    : /(?:from|import)\s*["']([^"']+\.js)["']/g;
  return [...text.matchAll(pattern)].flatMap(([, named]) => named ?? []);
}

function resolve(from: string, named: string): string {
  return named.startsWith('/') ? named.slice(1) : join(dirname(from), named);
}
