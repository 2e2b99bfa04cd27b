import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { nextMessage } from '../../support/measured-server.ts';

export const crowdOrder = z.discriminatedUnion('do', [
  z.object({ do: z.literal('gather'), port: z.number(), rooms: z.number(), members: z.number() }),
  z.object({ do: z.literal('saturate') }),
  z.object({ do: z.literal('drive'), deliveriesPerSec: z.number() }),
  z.object({ do: z.literal('rest') }),
  z.object({ do: z.literal('count') }),
]);
const answer = z.object({ delivered: z.number() });
export type CrowdAnswer = z.infer<typeof answer>;

export interface CrowdProcess {
  /** Carries out one order; resolves with what was delivered until then. */
  order: (order: z.infer<typeof crowdOrder>) => Promise<number>;
  end: () => void;
}

export function startCrowdProcess(): CrowdProcess {
  const child = fork(fileURLToPath(new URL('crowd-child.ts', import.meta.url)), { stdio: 'inherit' });
  return {
    async order(order) {
      child.send(order);
      return answer.parse(await nextMessage(child)).delivered;
    },
    end: () => void child.kill('SIGKILL'),
  };
}
