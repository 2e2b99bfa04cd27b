/** Seeds of one test. */
export const PER_TEST = 25;
/** Of each of two kinds, and a third as many of another; `npm run test:sim` asks for 5000. */
const SEEDS = Number(process.env.SIM_SEEDS ?? 600);
/** Two cores run this beside other files. */
export const TIMEOUT_MS = 60_000;
/** The first seed of each test. */
export const batches = Array.from({ length: Math.ceil(SEEDS / PER_TEST) }, (_, at) => 1 + at * PER_TEST);
