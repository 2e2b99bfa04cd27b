import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Programs beside the browsers, and the Debian package of each. */
const PACKAGES = {
  ffmpeg: 'ffmpeg',
  Xvfb: 'xvfb',
  pulseaudio: 'pulseaudio',
  pactl: 'pulseaudio-utils',
  parec: 'pulseaudio-utils',
  'firefox-esr': 'firefox-esr',
} as const;

export type Tool = keyof typeof PACKAGES;

export function missingTools(needed: readonly Tool[]): Tool[] {
  return needed.filter((tool) => !isThere(tool));
}

/** One line that says what to do. */
export function howToInstall(missing: readonly Tool[]): string {
  const packages = [...new Set(missing.map((tool) => PACKAGES[tool]))];
  return `sudo apt-get install ${packages.join(' ')}`;
}

function isThere(tool: Tool): boolean {
  if (tool === 'firefox-esr' && process.env.STREAMSYNC_FIREFOX) return true;
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, tool), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
