import { expect } from 'vitest';
import type { Hub } from '../../../src/server/hub.ts';
import { VirtualTime } from '../../support/virtual-time.ts';
import { ALL_CAPS, virtualHub, type Wire } from '../support.ts';
import { checkAll } from './check.ts';
import { Conn, type Memory } from './conn.ts';
import { becomeMember, carryOut, loseConn, removeSeat } from './effects.ts';
import { AS_SOMEBODY_ELSE, mustWait, judgeAct, judgeJoin, LET_IN, OUTSIDE, type Verdict } from './judge.ts';
import { FORGOTTEN_FOR_MS, type Life } from './life.ts';
import type { Attempt, Setting } from './setting.ts';

export type HostAct =
  | { type: 'room/set_lock'; locked: boolean }
  | { type: 'room/set_control'; control: 'everyone' | 'host' }
  | { type: 'room/remove'; userId: string }
  | { type: 'room/hand_over'; toUserId: string };

/** A server, the people around one of its rooms, and what the rules say of them. */
export class World {
  readonly setting: Setting;
  /** What happened that the rules speak of; histories without it would prove nothing. */
  readonly seen = new Set<string>();
  conns: Conn[] = [];
  life: Life | null = null;
  hub: Hub;
  losses = 0;
  /** Who was host at any time of this step: nobody else may be told of the room's access. */
  readonly hosts = new Set<string>();
  startedAtMs = 0;
  hasRestarted = false;
  readonly #memories = new Map<string, Memory>();
  #time = new VirtualTime();

  constructor(setting: Setting) {
    this.setting = setting;
    this.hub = this.#start();
  }

  get nowMs(): number {
    return this.#time.nowMs;
  }

  memoryOf(owner: string): Memory {
    const memory = this.#memories.get(owner) ?? { epoch: null, seq: 0, contentId: null, access: null };
    this.#memories.set(owner, memory);
    return memory;
  }

  connOf(owner: string): Conn | undefined {
    return this.conns.find((conn) => conn.owner === owner && !conn.isGone);
  }

  connect(owner: string, address: string): Conn {
    const conn = new Conn(this.hub, this.setting.roomId, { owner, address, memory: this.memoryOf(owner) });
    this.conns.push(conn);
    return conn;
  }

  join(conn: Conn, attempt: Attempt): void {
    const { userId, key, resumeToken, snapshot, access, isPlain } = attempt;
    if (this.life) this.life.mayBeForgotten = this.nowMs - this.startedAtMs < FORGOTTEN_FOR_MS;
    let verdict = judgeJoin(this.setting, this.life, attempt, this.nowMs);
    if (conn.isInside) verdict = conn.userId === userId ? LET_IN : AS_SOMEBODY_ELSE;
    const beyondV1 = isPlain ? {} : { caps: ALL_CAPS, key, resumeToken, snapshot, access };
    conn.contentId = undefined;
    const answer = conn.ask('room/join', { client: { userId, displayName: userId }, ...beyondV1 });
    if (answer === null) loseConn(this, conn);
    if (this.#judge(verdict, answer, `${conn.owner} joins as ${userId}`)) becomeMember(this, conn, attempt);
    if (verdict.is === 'refused') this.seen.add(`refused: ${verdict.why ?? verdict.codes.join()}`);
    checkAll(this);
  }

  leave(conn: Conn): void {
    const { isInside, userId } = conn;
    const granted = this.#judge(isInside ? LET_IN : OUTSIDE, conn.ask('room/leave', {}), 'leave');
    if (granted) conn.isInside = false;
    if (granted && userId !== null) removeSeat(this, userId);
    checkAll(this);
  }

  drop(conn: Conn): void {
    conn.drop();
    loseConn(this, conn);
    checkAll(this);
  }

  act(conn: Conn, act: HostAct): void {
    const { type, ...payload } = act;
    const { life, nowMs } = this;
    const verdict = judgeAct(life, conn, act, nowMs);
    const answer = conn.ask(type, payload);
    if (this.#judge(verdict, answer, `${conn.owner} sends ${type}`)) carryOut(this, conn, act);
    else if (life && conn.isInside && life.host === conn.userId && mustWait(life, act, nowMs)) {
      this.seen.add('no power yet');
      const left = life.provisionalUntilMs - nowMs;
      const told = Number(answer?.payload.retryAfterMs);
      if (answer?.payload.code === 'unauthorized')
        expect(Math.abs(told - left), 'retryAfterMs').toBeLessThanOrEqual(1);
    }
    checkAll(this);
  }

  /** Moves the film, by either of the messages that do. */
  play(conn: Conn, contentId: string, byState: boolean): void {
    const { life } = this;
    const mayPlay = life !== null && (life.control === 'everyone' || life.host === conn.userId);
    const verdict: Verdict = mayPlay ? LET_IN : { is: 'refused', codes: ['unauthorized'] };
    const state = { playing: false, positionSec: 1, hostTsMs: this.nowMs, contentId };
    const [type, payload] = byState
      ? ['watch/playback_state', { state }]
      : ['watch/set_content', { contentId }];
    const answer = conn.ask(type, payload);
    if (this.#judge(conn.isInside ? verdict : OUTSIDE, answer, `${conn.owner} plays`) && life) {
      life.hasFilm = true;
      life.isUsed = true;
    }
    checkAll(this);
  }

  chat(conn: Conn): void {
    const answer = conn.ask('chat/send', { text: 'hello' });
    const granted = this.#judge(conn.isInside ? LET_IN : OUTSIDE, answer, `${conn.owner} says something`);
    for (const each of this.conns) each.look();
    const nameOf = ({ owner }: Conn) => owner;
    const heard = this.conns.filter(({ news }) => news.has('chat/message')).map(nameOf);
    const inside = this.conns.filter(({ isInside }) => isInside).map(nameOf);
    if (granted) expect(heard, 'who hears what was said').toEqual(inside);
    if (granted && this.life) this.life.isUsed = true;
    checkAll(this);
  }

  /** Lets time go by; what falls due meanwhile happens in its order. */
  pass(ms: number): void {
    const endMs = this.nowMs + ms;
    this.#time.pass(ms);
    while (this.life) {
      const [due] = [...this.life.seats]
        .flatMap(([userId, { lost }]) => (lost && lost.untilMs <= endMs ? [{ userId, ...lost }] : []))
        .sort((a, b) => a.untilMs - b.untilMs || a.order - b.order);
      if (due) removeSeat(this, due.userId, due.untilMs);
      else if (this.life.endsAtMs !== null && this.life.endsAtMs <= endMs) this.life = null;
      else break;
    }
    checkAll(this);
  }

  /** The server starts anew, with nothing remembered. */
  restart(): void {
    for (const conn of this.conns) {
      conn.isGone = true;
      conn.isInside = false;
    }
    this.conns = [];
    this.life = null;
    this.hasRestarted = true;
    this.hub = this.#start(this.nowMs);
  }

  #start(nowMs?: number): Hub {
    this.#time = new VirtualTime();
    if (nowMs !== undefined) this.#time.nowMs = nowMs;
    this.startedAtMs = this.nowMs;
    return virtualHub({ nowMs: this.#time.now, setTimer: this.#time.setTimer }).hub;
  }

  /** Whether it was granted; throws where the answer is against the rules. */
  #judge(verdict: Verdict, answer: Wire | null, what: string): boolean {
    const granted = answer?.type === 'ack';
    const { code, reason, retryAfterMs } = answer?.payload ?? {};
    if (verdict.is === 'let in') {
      const isThrottled = code === 'bad_request' && typeof retryAfterMs === 'number';
      expect(granted || isThrottled, `${what}, and is refused: ${String(code)} ${String(reason)}`).toBe(true);
    } else if (verdict.is === 'refused') {
      expect(granted, `${what}, and is granted it`).toBe(false);
      if (answer) expect(verdict.codes, `${what}: the code`).toContain(code);
      if (answer && verdict.reason !== undefined) expect(reason, `${what}: the reason`).toBe(verdict.reason);
    }
    return granted;
  }
}
