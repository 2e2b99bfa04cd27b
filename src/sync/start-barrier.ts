import type { Act, Hold, MemberState } from '../protocol/index.ts';
import { rebaseTo, type Timeline } from './timeline.ts';

/** A start waits this much longer for a member that has to load the video's page first, in ms. */
export const COMING_HOLD_MS = 12_000;

/** How long a video is held at most, in ms. A member that is not ready by then catches up by itself. */
export const HOLD_MS: Readonly<Record<Hold['reason'], number>> = { start: 4000, stall: 30_000 };

/** The slowest member must learn of a start before its moment: its round trip and a margin, in ms. */
const START_MARGIN_MS = 100;
const START_MIN_MS = 150;
const START_MAX_MS = 1500;
const UNKNOWN_RTT_MS = 200;

const CAN_GET_READY: ReadonlySet<MemberState> = new Set(['ready', 'buffering', 'seeking', 'hidden']);
const STALLED: ReadonlySet<MemberState> = new Set(['buffering', 'seeking', 'ad']);

/** True if a player in this state can get ready for a start. */
export const canGetReady = (state: MemberState): boolean => CAN_GET_READY.has(state);

/** True if a player in this state falls behind a running video. */
export const isStalled = (state: MemberState): boolean => STALLED.has(state);

/** True if an intent that turned `before` into `after` starts the video at a position that not all members have ready. */
export function isStart(before: Timeline | null, after: Timeline, act: Act | undefined): boolean {
  if (!after.playing || act === 'rate') return false;
  return act === undefined || act === 'seek' || !before?.playing;
}

/** When to start a video that all have ready, on the clock of `nowMs`. An unknown round trip counts as 200 ms. */
export function startAtMs(nowMs: number, rttsMs: readonly (number | undefined)[]): number {
  const slowestMs = Math.max(0, ...rttsMs.map((rttMs) => rttMs ?? UNKNOWN_RTT_MS));
  return nowMs + Math.min(START_MAX_MS, Math.max(START_MIN_MS, START_MARGIN_MS + slowestMs));
}

/** The timeline stops at `atServerMs` until it is released. */
export function holdTimeline(motion: Timeline, atServerMs: number, seq: number): Timeline {
  return { ...rebaseTo(motion, atServerMs), seq, held: true };
}

/** The timeline runs on from its position at `startMs`, on the server's clock. */
export function releaseTimeline(motion: Timeline, startMs: number, seq: number): Timeline {
  const { held: _, ...rest } = motion;
  return { ...rest, atServerMs: startMs, seq };
}
