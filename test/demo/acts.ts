import { setTimeout as delay } from 'node:timers/promises';
import type { Happening, Watched } from './watched.ts';

/** What a person does to the film, by mouse or keyboard. */
export interface Act {
  by: 0 | 1;
  kind: 'toggle' | 'seek' | 'rate';
  /** After the name: "presses play". */
  words: (film: { paused: boolean }) => string;
  do: (by: Watched) => Promise<void>;
  /** How long the party is then left alone. */
  holdSec: number;
}

export interface Followed {
  kind: Act['kind'];
  words: string;
  by: string;
  follower: string;
  /** From the event on the one's film to the same on the other's; `null` when it did not come in time. */
  afterMs: number | null;
}

export const FOLLOW_WITHIN_MS = 1000;
/** What is sought to need not be told to the second: the one who follows has to be where the other is. */
const SAME_PLACE_SEC = 1;
const SAME_RATE = 0.04;

const press = (id: string) => (by: Watched) => by.member.press(id);
const key = (name: string) => (by: Watched) => by.member.key(name);
const toggleWords = (how: string) => (film: { paused: boolean }) =>
  `${film.paused ? 'plays' : 'pauses'} ${how}`;

export const PLAY: Act = {
  by: 0,
  kind: 'toggle',
  words: toggleWords('with the button'),
  do: press('toggle'),
  holdSec: 6,
};

/** Keys are Ben's, since they are not heard while the seek bar has the focus. */
export const ACTS: readonly Act[] = [
  PLAY,
  { by: 1, kind: 'toggle', words: toggleWords('with the K key'), do: key('k'), holdSec: 2 },
  { by: 1, kind: 'toggle', words: toggleWords('with a click on the picture'), do: press('film'), holdSec: 5 },
  { by: 1, kind: 'seek', words: () => 'skips 10 s ahead with the L key', do: key('l'), holdSec: 5 },
  {
    by: 0,
    kind: 'seek',
    words: () => 'clicks on the seek bar',
    do: (by) => clickSeekBar(by, 0.35),
    holdSec: 5,
  },
  {
    by: 0,
    kind: 'rate',
    words: () => 'chooses 1.5× speed',
    do: (by) => by.member.chooseSpeed(1.5),
    holdSec: 4,
  },
  { by: 1, kind: 'rate', words: () => 'chooses 1× speed', do: (by) => by.member.chooseSpeed(1), holdSec: 5 },
  { ...PLAY, holdSec: 2 },
];

/** Keeps a party that is left alone from reaching the end of the film. */
export const BACK_TO_START: Act = {
  by: 0,
  kind: 'seek',
  words: () => 'goes back to the beginning',
  do: (by) => clickSeekBar(by, 0.03),
  holdSec: 5,
};

async function clickSeekBar({ member }: Watched, fraction: number): Promise<void> {
  const bar = await member.page.locator('#seek').boundingBox();
  if (!bar) throw new Error('The film has no seek bar.');
  await member.page.mouse.click(bar.x + bar.width * fraction, bar.y + bar.height / 2);
}

/** Does it, and waits until the other follows. */
export async function perform(act: Act, watched: readonly [Watched, Watched]): Promise<Followed> {
  const by = watched[act.by];
  const other = watched[act.by === 0 ? 1 : 0];
  await Promise.all([by.look(), other.look()]);
  const already = [by.seen.length, other.seen.length] as const;
  const words = act.words(by.sample);
  const rateBefore = by.sample.rate;
  await act.do(by);

  const endsAtMs = performance.now() + FOLLOW_WITHIN_MS;
  let afterMs: number | null = null;
  while (afterMs === null && performance.now() < endsAtMs) {
    await delay(20);
    await Promise.all([by.look(), other.look()]);
    afterMs = followedAfterMs(act.kind, by.seen.slice(already[0]), other.seen.slice(already[1]), rateBefore);
  }
  return { kind: act.kind, words, by: by.name, follower: other.name, afterMs };
}

/** From the event that the act makes on the one's film to the event that answers it on the other's. */
export function followedAfterMs(
  kind: Act['kind'],
  mine: readonly Happening[],
  others: readonly Happening[],
  rateBefore = 1,
): number | null {
  const done = mine.find((event, index) => shows(kind, event, mine[index - 1]?.rate ?? rateBefore));
  const answer = done && others.find((event) => event.atMs > done.atMs && answers(event, done));
  return answer ? answer.atMs - done.atMs : null;
}

function shows(kind: Act['kind'], { type, rate }: Happening, rateBefore: number): boolean {
  if (kind === 'toggle') return type === 'play' || type === 'pause';
  if (kind === 'seek') return type === 'seeking';
  // Smaller steps are corrections.
  return type === 'ratechange' && Math.abs(rate / rateBefore - 1) > SAME_RATE;
}

function answers(event: Happening, done: Happening): boolean {
  switch (done.type) {
    case 'play':
      return event.type === 'playing';
    case 'seeking': {
      const elapsedSec = done.paused ? 0 : (event.atMs - done.atMs) / 1000;
      const apartSec = event.positionSec - done.positionSec - elapsedSec;
      return event.type === 'seeked' && Math.abs(apartSec) < SAME_PLACE_SEC;
    }
    case 'ratechange':
      return event.type === 'ratechange' && Math.abs(event.rate / done.rate - 1) < SAME_RATE;
    default:
      return event.type === done.type;
  }
}
