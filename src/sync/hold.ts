import type { Act, Hold, MemberState } from '../protocol/index.ts';
import { anchoredAt, type Timeline } from './timeline.ts';

/** Who has to load the film's page first is given so much longer for a start, in ms. */
export const COMING_HOLD_MS = 12_000;

/** How long a film is held at most, in ms: who is not ready then joins by itself. */
export const HOLD_MS: Readonly<Record<Hold['reason'], number>> = { start: 4000, stall: 30_000 };

/** A start must still be to come when the slowest member is told of it: its round trip and some air, in ms. */
const START_AIR_MS = 100;
const START_LEAST_MS = 150;
const START_MOST_MS = 1500;
const UNKNOWN_RTT_MS = 200;

const ABLE: ReadonlySet<MemberState> = new Set(['ready', 'buffering', 'seeking', 'hidden']);
const STALLED: ReadonlySet<MemberState> = new Set(['buffering', 'seeking', 'ad']);

/** Whether a player in this state can get ready for a start. */
export const isAble = (state: MemberState): boolean => ABLE.has(state);

/** Whether a player in this state falls behind a film that runs. */
export const isStalled = (state: MemberState): boolean => STALLED.has(state);

/** Whether an intent that turned `before` into `after` starts the film at a place where not everybody is yet. */
export function isStart(before: Timeline | null, after: Timeline, act: Act | undefined): boolean {
  if (!after.playing || act === 'rate') return false;
  return act === undefined || act === 'seek' || !before?.playing;
}

/** When a film starts that everybody is ready for, on the clock of `nowMs`; an unknown round trip counts as 200 ms. */
export function startAtMs(nowMs: number, rttsMs: readonly (number | undefined)[]): number {
  const slowestMs = Math.max(0, ...rttsMs.map((rttMs) => rttMs ?? UNKNOWN_RTT_MS));
  return nowMs + Math.min(START_MOST_MS, Math.max(START_LEAST_MS, START_AIR_MS + slowestMs));
}

/** The film stands from `atServerMs` on, until it is opened. */
export function held(motion: Timeline, atServerMs: number, seq: number): Timeline {
  return { ...anchoredAt(motion, atServerMs), seq, held: true };
}

/** The film is to run on from where it stands at `startMs`, a time on the server's clock. */
export function opened(motion: Timeline, startMs: number, seq: number): Timeline {
  const { held: _, ...rest } = motion;
  return { ...rest, atServerMs: startMs, seq };
}
