import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { nextMessage } from '../../support/measured-server.ts';

/* What the processes of this bench are told, and answer. */

export const attackOrder = z.discriminatedUnion('do', [
  z.object({ do: z.literal('attack'), name: z.string(), port: z.number(), uplinkBytesPerSec: z.number() }),
  z.object({ do: z.literal('stop') }),
]);
export const attackAnswer = z.object({
  frames: z.number(),
  bytes: z.number(),
  /** Answers that said when to come back. */
  refused: z.number(),
  closes: z.number(),
});
export type AttackAnswer = z.infer<typeof attackAnswer>;

export const calmOrder = z.discriminatedUnion('do', [
  z.object({ do: z.literal('gather'), port: z.number(), echoPort: z.number() }),
  z.object({ do: z.literal('measure'), ms: z.number() }),
]);
export const calmAnswer = z.object({
  /** From an act to its delivery to each of the two others. */
  latenciesMs: z.array(z.number()),
  /** Deliveries that never came. */
  lost: z.number(),
  /** Round trips to a process that only echoes: what the machine adds by itself. */
  echoesMs: z.array(z.number()),
});
export type CalmAnswer = z.infer<typeof calmAnswer>;

export interface Worker<O, A> {
  order: (order: O) => Promise<A>;
  end: () => void;
}

/** A process of this folder that answers each order once. */
export function startWorker<O extends object, A>(file: string, answer: z.ZodType<A>): Worker<O, A> {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), { stdio: 'inherit' });
  return {
    async order(order) {
      child.send(order);
      return answer.parse(await nextMessage(child));
    },
    end: () => void child.kill('SIGKILL'),
  };
}
