import { expect, it } from 'vitest';
import { readSec } from '../../src/sites/interruptions.ts';

it.each([
  ['0:15', 15],
  ['Ad 26', 26],
  ['Werbung 2 von 3 · 1:09', 69],
  ['1:00:00', 3600],
  ['', null],
  ['Ad', null],
  ['99999999999', null],
])('“%s” is %s s', (text, sec) => expect(readSec(text)).toBe(sec));
