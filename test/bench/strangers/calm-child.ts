import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import { WebSocket } from 'ws';
import { z } from 'zod';
import { CAPS } from '../../../src/protocol/index.ts';
import { calmOrder, type CalmAnswer } from './orders.ts';

/* A calm room: three members, one act every quarter of a second. */

const FROM = '127.0.0.2';
const ROOM = 'calm-room';
const ACT_MS = 250;
/** Whatever has not come by then is lost. */
const WAIT_MS = 15_000;
const POLL_MS = 50;
const state = z.object({
  type: z.literal('watch/playback_state'),
  payload: z.object({ state: z.object({ positionSec: z.number() }) }),
});

/** When each act was sent, by its number, which is its position too. */
const sentAtMs = new Map<number, number>();
const missing = new Map<number, number>();
let latenciesMs: number[] = [];
let echoesMs: number[] = [];
let acts = 0;
let members: WebSocket[] = [];
let echo: Socket | null = null;
let pingedAtMs = 0;

process.on('message', (message) => void obey(message));
process.on('disconnect', () => process.exit(0));

async function obey(message: unknown): Promise<void> {
  const order = calmOrder.parse(message);
  if (order.do === 'gather') await gather(order.port, order.echoPort);
  else await measure(order.ms);
  const lost = [...missing.values()].reduce((sum, count) => sum + count, 0);
  const answer: CalmAnswer = { latenciesMs, lost, echoesMs };
  process.send?.(answer);
}

async function gather(port: number, echoPort: number): Promise<void> {
  members = await Promise.all(['ana', 'ben', 'cyd'].map((name) => join(port, name)));
  for (const [index, member] of members.entries()) {
    if (index > 0) member.on('message', (data: Buffer) => delivered(data.toString()));
  }
  echo = connect(echoPort, '127.0.0.1');
  echo.setNoDelay(true);
  echo.on('data', () => echoesMs.push(performance.now() - pingedAtMs));
  await once(echo, 'connect');
}

async function join(port: number, name: string): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`, { localAddress: FROM });
  socket.on('error', () => undefined);
  await once(socket, 'open');
  // A hold would wait for players that are not there.
  const caps = CAPS.filter((cap) => cap !== 'hold');
  const payload = { roomId: ROOM, client: { userId: name, displayName: name }, caps };
  const joined = new Promise<void>((resolve) => {
    // Several messages can come in one turn, of which `once` would miss all but the first.
    socket.on('message', (data: Buffer) => data.includes('"type":"ack"') && resolve());
  });
  socket.send(JSON.stringify({ v: 1, type: 'room/join', requestId: 'join', payload }));
  await joined;
  return socket;
}

async function measure(ms: number): Promise<void> {
  latenciesMs = [];
  echoesMs = [];
  missing.clear();
  const count = Math.round(ms / ACT_MS);
  const beginMs = performance.now();
  for (let turn = 0; turn < count; turn += 1) {
    act();
    await pause(ACT_MS / 2);
    pingedAtMs = performance.now();
    echo?.write('?');
    // At its time, however late the last one was.
    await pause(Math.max(0, beginMs + (turn + 1) * ACT_MS - performance.now()));
  }
  const untilMs = performance.now() + WAIT_MS;
  while (missing.size > 0 && performance.now() < untilMs) await pause(POLL_MS);
}

function act(): void {
  acts += 1;
  const state = { playing: false, positionSec: acts, hostTsMs: Date.now(), contentId: 'film' };
  sentAtMs.set(acts, performance.now());
  missing.set(acts, members.length - 1);
  members[0]?.send(
    JSON.stringify({ v: 1, type: 'watch/playback_state', payload: { roomId: ROOM, state, act: 'seek' } }),
  );
}

function delivered(text: string): void {
  const told = state.safeParse(JSON.parse(text));
  if (!told.success) return;
  const act = told.data.payload.state.positionSec;
  const left = (missing.get(act) ?? 0) - 1;
  if (left < 0) return;
  latenciesMs.push(performance.now() - (sentAtMs.get(act) ?? NaN));
  if (left === 0) missing.delete(act);
  else missing.set(act, left);
}
