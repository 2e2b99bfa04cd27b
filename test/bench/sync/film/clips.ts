import { fileURLToPath } from 'node:url';
import { missingTools } from '../tools.ts';
import { makeClip } from './clip.ts';

const TEST_FILM = {
  path: fileURLToPath(new URL('../../../sites/film/film.webm', import.meta.url)),
  sec: 180,
};
/** Few lengths, so that few are made. */
const LENGTHS_SEC = [90, 720, 2400];

/** A film at least so long; without ffmpeg that of the tests, which media clocks can be read from as well. */
export async function clipOfAtLeast(seconds: number, shiftMs = 0): Promise<string> {
  if (missingTools(['ffmpeg']).length > 0 && shiftMs === 0 && seconds <= TEST_FILM.sec) return TEST_FILM.path;
  const length = LENGTHS_SEC.find((each) => each >= seconds);
  if (length === undefined) throw new Error(`no film is as long as ${seconds} s; give less --seconds`);
  return makeClip(length, shiftMs);
}
