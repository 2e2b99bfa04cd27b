import { Crowd } from './crowd.ts';
import { crowdOrder, type CrowdAnswer } from './crowd-process.ts';

/* The members of a bench's rooms, in a process of their own. */

/** Whatever becomes of whoever ordered it. */
const LONGEST_MS = 600_000;

let crowd: Crowd | null = null;
setTimeout(() => process.exit(1), LONGEST_MS);
process.on('message', (message) => void obey(message));
process.on('disconnect', () => process.exit(0));

async function obey(message: unknown): Promise<void> {
  const order = crowdOrder.parse(message);
  if (order.do === 'gather') crowd = await Crowd.gather(order);
  else if (order.do === 'saturate') crowd?.saturate();
  else if (order.do === 'drive') crowd?.drive(order.deliveriesPerSec);
  else if (order.do === 'rest') await crowd?.rest();
  const answer: CrowdAnswer = { delivered: crowd?.delivered ?? 0 };
  process.send?.(answer);
}
