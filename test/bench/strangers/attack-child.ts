import { setPriority } from 'node:os';
import { ATTACKS } from './attacks.ts';
import { attackOrder, type AttackAnswer } from './orders.ts';
import { Stranger } from './stranger.ts';

/* The strangers of an attack, in a process that leaves the processor to all others. */

const FROM = '127.0.0.3';
const TICK_MS = 10;
const LOWEST_PRIORITY = 19;
/** Whatever becomes of whoever ordered it. */
const LONGEST_MS = 600_000;

setPriority(LOWEST_PRIORITY);
setTimeout(() => process.exit(1), LONGEST_MS);
let strangers: Stranger[] = [];
let bytesLeft = 0;
let sentBytes = 0;
let timer: NodeJS.Timeout | null = null;
process.on('message', (message) => obey(message));
process.on('disconnect', () => process.exit(0));

function obey(message: unknown): void {
  const order = attackOrder.parse(message);
  if (order.do === 'attack') attack(order);
  else stop();
  const sum = (of: (stranger: Stranger) => number) => strangers.reduce((total, each) => total + of(each), 0);
  const answer: AttackAnswer = {
    frames: sum(({ sentFrames }) => sentFrames),
    bytes: sentBytes,
    refused: sum(({ refused }) => refused),
    closes: sum(({ closes }) => closes),
  };
  process.send?.(answer);
}

function attack({
  name,
  port,
  uplinkBytesPerSec,
}: {
  name: string;
  port: number;
  uplinkBytesPerSec: number;
}): void {
  const plans = ATTACKS.find((each) => each.name === name)?.plans ?? [];
  const take = (bytes: number) => {
    if (bytesLeft < bytes) return false;
    bytesLeft -= bytes;
    sentBytes += bytes;
    return true;
  };
  const where = { port, from: FROM, uplink: { take } };
  strangers = plans.flatMap((plan) =>
    Array.from({ length: plan.connections }, (_, index) => new Stranger(plan, index, where)),
  );
  let lastMs = performance.now();
  timer = setInterval(() => {
    const nowMs = performance.now();
    const elapsedMs = nowMs - lastMs;
    lastMs = nowMs;
    // A second's worth at most, after this process has had to wait.
    bytesLeft = Math.min(uplinkBytesPerSec, bytesLeft + (uplinkBytesPerSec * elapsedMs) / 1000);
    // Each in turn is the first, so that all get their part of what may leave.
    strangers.push(...strangers.splice(0, 1));
    for (const stranger of strangers) stranger.tick(nowMs, elapsedMs);
  }, TICK_MS);
}

function stop(): void {
  if (timer) clearInterval(timer);
  timer = null;
  for (const stranger of strangers) stranger.drop();
}
