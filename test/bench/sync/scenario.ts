import type { RawLog } from '../output/raw-log.ts';
import type { Tool } from './tools.ts';
import type { Outcome } from './outcome.ts';

/** What a scenario is given. */
export interface Bench {
  scenario: string;
  seed: number;
  /** How long it is measured, once settled. */
  seconds: number;
  trials: number;
  baselines: boolean;
  say: (line: string) => void;
  raw: RawLog;
  /** A film that is at least so long, its picture and sound shifted. */
  clip: (seconds: number, shiftMs?: number) => Promise<string>;
}

export interface Scenario {
  name: string;
  /** What is done and under which conditions, in a sentence or two for the reader of the results. */
  about: string;
  /** Unless said otherwise on the command line. */
  seconds: number;
  trials?: number;
  needs?: readonly Tool[];
  run: (bench: Bench) => Promise<Outcome>;
}
