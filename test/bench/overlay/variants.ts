import type { PutIn } from './put-in.ts';

export interface Variant {
  name: string;
  about: string;
  extension: boolean;
  /** How the party is seen; `null`: there is none. */
  party: 'folded' | 'open' | null;
  /** Of the other member, each so many seconds. */
  chatEverySec?: number;
  /** Both are in a call, with cameras. */
  call?: boolean;
  putIn?: PutIn;
  /** Stops a process of the browser for so long each so often. */
  halt?: { type: string; ms: number; everyMs: number };
  /** Shows what the bench finds of what is put in; in how many rounds at most. */
  calibrates?: { rounds: number };
}

export const BASE = 'page';
const NONE = { extension: false, party: null } as const;
const CALIBRATING = { ...NONE, calibrates: { rounds: 2 } };

export const VARIANTS: readonly Variant[] = [
  { ...NONE, name: BASE, about: 'The film plays in a browser without the extension.' },
  { ...NONE, name: 'again', about: 'The same again: what differs is chance.' },
  {
    name: 'installed',
    about: 'The extension is installed; no party.',
    extension: true,
    party: null,
  },
  {
    name: 'folded',
    about: 'In a party of two, the overlay folded to its button.',
    extension: true,
    party: 'folded',
  },
  {
    name: 'chatting',
    about: 'In a party of two, the overlay open over the film; the other says something every 2 s.',
    extension: true,
    party: 'open',
    chatEverySec: 2,
  },
  {
    name: 'calling',
    about:
      'In a call of two with pictures of 10 per second, the overlay open over the film. The other is another browser on this machine, which is not counted.',
    extension: true,
    party: 'open',
    call: true,
  },
  {
    ...CALIBRATING,
    name: 'spin',
    about: 'Without the extension; the page computes 5 ms in each 100, and keeps 50 MiB in use.',
    putIn: { spin: { ms: 5, everyMs: 100 }, holdMib: 50 },
  },
  {
    ...CALIBRATING,
    name: 'long-tasks',
    about: 'Without the extension; the page computes 80 ms in each 2000.',
    putIn: { spin: { ms: 80, everyMs: 2000 } },
  },
  {
    ...CALIBRATING,
    name: 'layout',
    about: 'Without the extension; the page lays out 1000 lines of text anew 10 times a second.',
    putIn: { layOut: { boxes: 1000, everyMs: 100 } },
  },
  {
    ...CALIBRATING,
    name: 'halted',
    about:
      'Without the extension; the process that puts pictures on the screen is halted for 0.2 s in each 2 s; of the pictures of that time the last ones are shown late, and not counted as dropped.',
    halt: { type: 'gpu-process', ms: 200, everyMs: 2000 },
  },
];
