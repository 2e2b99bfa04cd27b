import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { WATCHDOG_EVERY_MIN } from '../../src/background/keep-awake.ts';
import { KEPT } from '../../src/background/overlay-places.ts';
import { PACE, STEADY_MAX_MS } from '../../src/party/clock-exchange.ts';
import { SECRET_BYTES } from '../../src/invite/room-proof.ts';
import { LIMITS } from '../../src/protocol/index.ts';
import { settings } from '../../src/server/config.ts';
import { REMOVED_FROM_MS } from '../../src/server/rooms/access.ts';

// A table's columns are as wide as its widest cell.
const page = readFileSync('docs/privacy.md', 'utf8').replaceAll(/\s+/g, ' ');
const WORDS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const word = (count: number) => WORDS[count] ?? String(count);
const times = (count: number) => ({ 1: 'once', 2: 'twice' })[count] ?? `${count} times`;
const span = (ms: number) => (ms === 3_600_000 ? 'an hour' : `${ms / 60_000} minutes`);
const firstEveryMs = PACE[0]?.everyMs ?? NaN;

describe('docs/privacy.md', () => {
  it.each([
    [
      'how often the clock is asked',
      `${word(1000 / firstEveryMs)} a second at first, then down to one in ${STEADY_MAX_MS / 1000} s`,
    ],
    ['the length of a key', `a key of ${SECRET_BYTES * 8} random bits`],
    ['how many places of the overlay are kept', `opened it, the last ${KEPT} `],
    ['when the oldest place is forgotten', `| ${KEPT} others were used since`],
    ['how much chat a room keeps', `last ${LIMITS.historyCount} chat lines and notices`],
    [
      'how long a room outlives its last member',
      `| ${settings.parse({}).roomGraceMs / 1000} s after its last member is gone`,
    ],
    ['how long the address of somebody removed is kept', `| ${span(REMOVED_FROM_MS)}, or the room ends`],
    ['how often the alarm wakes', `wakes the background ${times(1 / WATCHDOG_EVERY_MIN)} a minute`],
  ])('tells the figure of the code: %s', (_, sentence) => {
    expect(page).toContain(sentence);
  });

  it('names every permission of the manifest', () => {
    const config = readFileSync('wxt.config.ts', 'utf8');
    const list = /\bpermissions: \[(?<list>.*)\],$/m.exec(config)?.groups?.list ?? '';
    const permissions = [...list.matchAll(/'(\w+)'/g)].map(([, name = '']) => name);
    expect(permissions).toContain('storage');
    expect(permissions.filter((name) => !page.includes(`| \`${name}\` |`))).toEqual([]);
  });
});
