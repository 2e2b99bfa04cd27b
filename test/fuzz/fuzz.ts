import { setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { startMeasuredServer, type MeasuredServer } from '../support/measured-server.ts';
import { Random } from './random.ts';
import { addCounts, MESSAGES_PER_GENERATION, runRound, type RoundFigures } from './round.ts';

export interface FuzzOptions {
  seed: number;
  messages: number;
  rounds: number;
  sockets: number;
  /** How deep the deepest frame nests. */
  depth: number;
  /** The checkout whose server it is. */
  dir?: string | undefined;
  say?: (line: string) => void;
}

export interface FuzzReport {
  seed: number;
  sent: number;
  told: number;
  connections: number;
  answers: Record<string, number>;
  seconds: number;
  kinds: Record<string, number>;
  rounds: { sent: number; seconds: number; heapMb: number; rssMb: number }[];
  violations: string[];
}

/** Short, so that rooms and members end while the run goes on. */
const GRACE = { graceMs: 300, roomGraceMs: 300 };
const MOST_VIOLATIONS = 20;
/** The round whose heap the last is compared with: by then all code has run and been compiled. */
const STEADY_ROUND = 3;
const HEAP_GROWTH = 1.1;
const EMPTY_WITHIN_MS = 10_000;
const MB = 2 ** 20;
const health = z.object({ rooms: z.number(), members: z.number(), connections: z.number() });

/** Lets strangers do what they can think of to a server in a process of its own. */
export async function fuzz(options: FuzzOptions): Promise<FuzzReport> {
  const { seed, say = () => undefined } = options;
  const random = new Random(seed);
  const total: RoundFigures = { sent: 0, told: 0, connections: 0, answers: {}, kinds: {} };
  const violations = new Map<string, number>();
  const violated = (violation: string) => {
    if (violations.size < MOST_VIOLATIONS || violations.has(violation))
      violations.set(violation, (violations.get(violation) ?? 0) + 1);
  };
  const rounds: FuzzReport['rounds'] = [];
  const startedMs = performance.now();
  const { dir } = options;
  const server = await startMeasuredServer({
    raised: true,
    config: GRACE,
    ...(dir !== undefined && { dir }),
  });
  try {
    for (let round = 1; round <= options.rounds; round += 1) {
      const begunMs = performance.now();
      const messages = Math.ceil(options.messages / options.rounds);
      const figures = await runRound({
        ...{ url: `ws://127.0.0.1:${server.port}`, random, messages, violated },
        ...{ sockets: options.sockets, depth: options.depth },
        generation: round * Math.ceil(messages / MESSAGES_PER_GENERATION + 1),
        goesOn: () => server.ended() === null,
      });
      add(total, figures);
      if (server.ended()) break;
      await becomesEmpty(server, violated);
      const { heapBytes, rssBytes } = await server.ask('memory');
      const [heapMb, rssMb] = [mb(heapBytes), mb(rssBytes)];
      rounds.push({ sent: figures.sent, seconds: seconds(begunMs), heapMb, rssMb });
      say(
        `round ${round} of ${options.rounds}: ${figures.sent} sent, ${figures.told} told, heap ${heapMb} MB`,
      );
    }
    // That connections broke when the server ended is no finding of its own.
    if (server.ended())
      for (const text of violations.keys()) if (text.includes('1006')) violations.delete(text);
    await judgeServer(server, violated);
  } finally {
    await server.stop();
  }
  judgeHeap(rounds, violated);
  const counted = [...violations].map(([text, times]) => (times > 1 ? `${text} (${times} times)` : text));
  return { seed, ...total, seconds: seconds(startedMs), rounds, violations: counted };
}

export function sentenceOf({ seed, sent, told, seconds, violations }: FuzzReport): string {
  const what = `seed ${seed}: ${sent} messages sent and ${told} told in ${seconds} s`;
  return violations.length === 0
    ? `${what}; nothing gave way.`
    : `${what}; ${violations.length} kinds of violation.`;
}

async function judgeServer(server: MeasuredServer, violated: (violation: string) => void): Promise<void> {
  const ended = server.ended();
  if (ended) {
    const [last = ''] = /^\w*Error.*$/m.exec(ended.stderr) ?? [];
    violated(`the server ended with ${ended.code ?? ended.signal ?? 'nothing'}: ${last}`);
    return;
  }
  const { errorCount, errors } = await server.ask('usage');
  if (errorCount > 0) violated(`the server logged ${errorCount} errors: ${JSON.stringify(errors[0])}`);
}

async function becomesEmpty(server: MeasuredServer, violated: (violation: string) => void): Promise<void> {
  const untilMs = performance.now() + EMPTY_WITHIN_MS;
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${server.port}/healthz`);
    const left = health.parse(await answer.json());
    if (left.rooms === 0 && left.connections === 0) return;
    if (performance.now() > untilMs) {
      violated(`left after a round: ${JSON.stringify(left)}`);
      return;
    }
    await pause(100);
  }
}

function judgeHeap(rounds: FuzzReport['rounds'], violated: (violation: string) => void): void {
  const steady = rounds[STEADY_ROUND - 1];
  const last = rounds.at(-1);
  if (!steady || !last || last.heapMb <= steady.heapMb * HEAP_GROWTH) return;
  violated(`heap grew from ${steady.heapMb} MB after round ${STEADY_ROUND} to ${last.heapMb} MB`);
}

function add(total: RoundFigures, figures: RoundFigures): void {
  total.sent += figures.sent;
  total.told += figures.told;
  total.connections += figures.connections;
  addCounts(total.answers, figures.answers);
  addCounts(total.kinds, figures.kinds);
}

const mb = (bytes: number) => Math.round((bytes / MB) * 10) / 10;
const seconds = (sinceMs: number) => Math.round((performance.now() - sinceMs) / 100) / 10;
