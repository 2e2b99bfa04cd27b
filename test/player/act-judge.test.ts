import { describe, expect, it } from 'vitest';
import { ActJudge, type OwnEffects, type Verdict, type Wanted } from '../../src/player/act-judge.ts';
import type { PlayerChange, PlayerReading } from '../../src/player/adapter.ts';
import { PersonInput } from '../../src/player/person-input.ts';

const AT = 10_000;
const still: PlayerReading = {
  attached: true,
  positionSec: 100,
  durationSec: 7200,
  paused: true,
  rate: 1,
  seeking: false,
  ready: true,
  ended: false,
  interruption: null,
  settled: true,
};
const runs = { ...still, paused: false };
const wantsPause: Wanted = { playing: false, positionSec: 100, rate: 1 };
const wantsPlay = { ...wantsPause, playing: true };
const nothingOwn: OwnEffects = { rate: null, seek: null, stands: false };
const ownSeek = (toSec: number, agoMs = 100): OwnEffects => ({
  ...nothingOwn,
  rate: 1,
  seek: { toSec, atMs: AT - agoMs, withinSec: 0, landedAtMs: null },
});

/** What comes of a change, half a second after it; `touch` is when the person's hand came before it, if at all. */
function judge(
  change: PlayerChange,
  reading: PlayerReading,
  wanted: Wanted,
  { touched, own = nothingOwn }: { touched: boolean; own?: OwnEffects },
): Verdict {
  const input = new PersonInput();
  if (touched) input.touched(AT - 50);
  const judge = new ActJudge(input);
  judge.notice(change, reading, wanted, own, AT);
  return judge.decide(reading, wanted, own, AT + 500);
}

const nothing: Verdict = { kind: 'nothing' };

describe('a change of the player', () => {
  it.each<[string, PlayerChange, PlayerReading, Wanted, Verdict, Verdict]>([
    [
      'a pause',
      'playing',
      still,
      wantsPlay,
      { kind: 'intent', act: 'pause' },
      { kind: 'disturbance', changes: ['playing'] },
    ],
    [
      'a start',
      'playing',
      runs,
      wantsPause,
      { kind: 'intent', act: 'play' },
      { kind: 'disturbance', changes: ['playing'] },
    ],
    [
      'a jump',
      'position',
      { ...runs, positionSec: 300 },
      wantsPlay,
      { kind: 'intent', act: 'seek' },
      { kind: 'disturbance', changes: ['position'] },
    ],
    [
      'a jump while paused',
      'position',
      { ...still, positionSec: 101 },
      wantsPause,
      { kind: 'intent', act: 'seek' },
      { kind: 'disturbance', changes: ['position'] },
    ],
    [
      'another speed',
      'rate',
      { ...runs, rate: 1.25 },
      wantsPlay,
      { kind: 'intent', act: 'rate' },
      { kind: 'disturbance', changes: ['rate'] },
    ],
    ['a pause the room wants', 'playing', still, wantsPause, nothing, nothing],
    ['a start the room wants', 'playing', runs, wantsPlay, nothing, nothing],
    ['a jump to where the room is', 'position', { ...runs, positionSec: 100.2 }, wantsPlay, nothing, nothing],
    ['a jump to the very frame', 'position', { ...still, positionSec: 100.01 }, wantsPause, nothing, nothing],
    ['a rate within our own correction', 'rate', { ...runs, rate: 1.03 }, wantsPlay, nothing, nothing],
    ['reaching the end', 'playing', { ...still, ended: true }, wantsPlay, nothing, nothing],
    ['something else', 'other', still, wantsPlay, nothing, nothing],
  ])('%s', (_, change, reading, wanted, touchedVerdict, untouchedVerdict) => {
    expect(judge(change, reading, wanted, { touched: true })).toEqual(touchedVerdict);
    expect(judge(change, reading, wanted, { touched: false })).toEqual(untouchedVerdict);
  });

  it.each<[string, PlayerChange, PlayerReading, OwnEffects]>([
    ['a jump of ours, landing a little off', 'position', { ...runs, positionSec: 300.4 }, ownSeek(300)],
    ['a rate of ours', 'rate', { ...runs, rate: 1.08 }, { ...nothingOwn, rate: 1.08 }],
    ['a stop of ours, to wait for the room', 'playing', still, { ...nothingOwn, stands: true }],
  ])('is nobody’s act when it is %s, even under the person’s hand', (_, change, reading, own) => {
    expect(judge(change, reading, wantsPlay, { touched: true, own })).toEqual(nothing);
  });

  it('is the person’s when our jump is ten seconds old, or went elsewhere', () => {
    const reading = { ...runs, positionSec: 300 };
    for (const own of [ownSeek(300, 10_001), ownSeek(305)]) {
      expect(judge('position', reading, wantsPlay, { touched: true, own })).toEqual({
        kind: 'intent',
        act: 'seek',
      });
    }
  });
});

describe('several changes', () => {
  it('of one press are one intent that says the whole state', () => {
    const input = new PersonInput();
    const judge = new ActJudge(input);
    input.touched(AT);
    const reading = { ...still, positionSec: 300 };
    judge.notice('playing', reading, wantsPlay, nothingOwn, AT + 10);
    judge.notice('position', reading, wantsPlay, nothingOwn, AT + 20);
    expect(judge.decide(reading, wantsPlay, nothingOwn, AT + 30)).toEqual({ kind: 'intent' });
  });

  it('that undo each other are nothing', () => {
    const judge = new ActJudge(new PersonInput());
    judge.notice('playing', still, wantsPlay, nothingOwn, AT);
    expect(judge.inDoubt).toBe(true);
    expect(judge.decide(runs, wantsPlay, nothingOwn, AT + 200)).toEqual(nothing);
    expect(judge.inDoubt).toBe(false);
  });

  it('of a drag count as they stand after the release', () => {
    const input = new PersonInput();
    const judge = new ActJudge(input);
    input.pressed(AT);
    judge.notice('playing', still, wantsPlay, nothingOwn, AT);
    for (let at = 1; at < 20; at++) {
      input.moved();
      const reading = { ...still, positionSec: 100 + at * 10 };
      judge.notice('position', reading, wantsPlay, nothingOwn, AT + at * 50);
      expect(judge.decide(reading, wantsPlay, nothingOwn, AT + at * 50)).toEqual(nothing);
    }
    input.released(AT + 1000);
    const landed = { ...runs, positionSec: 290 };
    expect(judge.decide(landed, wantsPlay, nothingOwn, AT + 1100)).toEqual(nothing);
    expect(judge.decide(landed, wantsPlay, nothingOwn, AT + 1201)).toEqual({ kind: 'intent', act: 'seek' });
  });
});

describe('a moment of doubt', () => {
  const first = (judge: ActJudge) => {
    judge.notice('playing', still, wantsPlay, nothingOwn, AT);
    return judge.decide(still, wantsPlay, nothingOwn, AT + 100);
  };

  it('waits for the hand of another frame, told late', () => {
    const input = new PersonInput();
    const judge = new ActJudge(input);
    expect(first(judge)).toEqual(nothing);
    input.touched(AT - 5);
    expect(judge.decide(still, wantsPlay, nothingOwn, AT + 151)).toEqual({ kind: 'intent', act: 'pause' });
  });

  it('ends after 150 ms, with what the site did named', () => {
    const judge = new ActJudge(new PersonInput());
    expect(first(judge)).toEqual(nothing);
    expect(judge.decide(still, wantsPlay, nothingOwn, AT + 151)).toEqual({
      kind: 'disturbance',
      changes: ['playing'],
    });
    expect(judge.decide(still, wantsPlay, nothingOwn, AT + 152)).toEqual(nothing);
  });

  it('is none where the hand was seen: the act is told in the same moment', () => {
    const input = new PersonInput();
    const judge = new ActJudge(input);
    input.touched(AT - 10);
    judge.notice('playing', still, wantsPlay, nothingOwn, AT);
    expect(judge.decide(still, wantsPlay, nothingOwn, AT)).toEqual({ kind: 'intent', act: 'pause' });
  });

  it('ends when the room has no timeline any more', () => {
    const judge = new ActJudge(new PersonInput());
    first(judge);
    judge.forget();
    expect(judge.inDoubt).toBe(false);
  });
});

it('a key held down tells where it went four times a second, not thirty', () => {
  const input = new PersonInput();
  const judge = new ActJudge(input);
  let intents = 0;
  for (let atMs = AT; atMs < AT + 3000; atMs += 33) {
    input.touched(atMs);
    const reading = { ...runs, positionSec: 100 + (atMs - AT) };
    judge.notice('position', reading, wantsPlay, nothingOwn, atMs);
    if (judge.decide(reading, wantsPlay, nothingOwn, atMs).kind === 'intent') intents += 1;
  }
  expect(intents).toBeGreaterThanOrEqual(8);
  expect(intents).toBeLessThanOrEqual(12);
});

describe('a hand on the browser’s own controls, whose buttons tell the page nothing', () => {
  const onControls = { handOnControls: true };

  it.each<[PlayerChange, PlayerReading, Wanted, Verdict]>([
    ['playing', still, wantsPlay, { kind: 'intent', act: 'pause' }],
    ['playing', runs, wantsPause, { kind: 'intent', act: 'play' }],
    ['rate', { ...runs, rate: 1.5 }, wantsPlay, { kind: 'intent', act: 'rate' }],
  ])('explains a change of %s', (change, reading, wanted, expected) => {
    expect(judge(change, { ...reading, ...onControls }, wanted, { touched: false })).toEqual(expected);
  });

  it('explains no jump: their seek bar tells of itself', () => {
    const jumped = { ...runs, positionSec: 300, ...onControls };
    expect(judge('position', jumped, wantsPlay, { touched: false }).kind).toBe('disturbance');
  });

  it('leaves nothing behind that would pay for what the room itself wants', () => {
    const input = new PersonInput();
    new ActJudge(input).notice('playing', { ...runs, ...onControls }, wantsPlay, nothingOwn, AT);
    expect(input.explains('playing', AT)).toBe(false);
  });
});
