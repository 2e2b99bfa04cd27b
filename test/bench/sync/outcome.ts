import type { Figures } from '../statistics.ts';
import type { Effort } from './rulers/effort.ts';

/** How far apart a party was. */
export interface ErrorRow {
  /** Of the scenario, when it has several. */
  variant: string;
  /** Who held the films together. */
  player: string;
  ruler: 'media clock' | 'pixels' | 'sound';
  /** Of all pairs together, their errors without sign. */
  pairs: Figures;
  /** The largest median that any one pair has, with its sign lost: what does not average out. */
  biasMs: number;
  /** Of all members to the room's timeline; `null` where the ruler does not know it. */
  ideal: Figures | null;
  effort: Effort | null;
  cpuCores: number | null;
  /** Instants at which some film could not be seen. */
  unseen: number;
  details: Record<string, number | string>;
}

/** How long it takes from an act until all are together. */
export interface SettleRow {
  variant: string;
  player: string;
  withinMs: number;
  trials: number;
  p50Ms: number;
  p95Ms: number;
  maxMs: number;
  /** In so many trials they did not get there before the next. */
  never: number;
}

/** What a ruler should have found, and what it found. */
export interface CheckRow {
  check: string;
  ruler: string;
  injected: number;
  recovered: number;
  unit: string;
  details?: string;
}

export interface Plot {
  title: string;
  /** By what the file is named. */
  name: string;
  series: { label: string; points: readonly (readonly [sec: number, ms: number])[] }[];
}

export interface Outcome {
  errors?: ErrorRow[];
  settling?: SettleRow[];
  checks?: CheckRow[];
  plots?: Plot[];
}
