/** What a player loses on its way to playing, by what it is made to do. */
export type Move = 'seek' | 'start' | 'start_after_seek';

/** So much sooner or further each move is made, in seconds, learned from where former ones landed. */
export type Leads = Readonly<Record<Move, { leadSec: number; landings: number }>>;

/**
 * Before the first landing: between the 10 ms of a silent film and the 100 ms of one with sound (Chromium 156). From
 * either a player arrives by rate soon, and from then on it goes by its own landings.
 */
export const FIRST_LEADS: Leads = {
  seek: { leadSec: 0.05, landings: 0 },
  start: { leadSec: 0.01, landings: 0 },
  start_after_seek: { leadSec: 0.04, landings: 0 },
};

export const LEAD_MAX_SEC = 3;
/** The first landings teach all they can; later ones are mostly chance, unless they miss by much. */
const LEARN_FAST = 0.9;
const LEARN_SLOWLY = 0.3;
const FAST_LANDINGS = 2;
const MISSED_SEC = 0.04;

/** `driftSec`: where the move landed, minus where it should have. */
export function learnLanding(leads: Leads, move: Move, driftSec: number): Leads {
  const { leadSec, landings } = leads[move];
  const fast = landings < FAST_LANDINGS || Math.abs(driftSec) > MISSED_SEC;
  const learned = leadSec - driftSec * (fast ? LEARN_FAST : LEARN_SLOWLY);
  const bounded = Math.max(0, Math.min(LEAD_MAX_SEC, learned));
  return { ...leads, [move]: { leadSec: bounded, landings: landings + 1 } };
}
