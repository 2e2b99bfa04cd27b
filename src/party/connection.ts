import { CAPS, CLOSE } from '../protocol/index.ts';
import { NO_CLOCK, NO_ONE_WAY_CLOCK } from '../sync/index.ts';
import { endCall } from './call.ts';
import { accessToShow } from './host-access.ts';
import { NO_SIGNS, NOTHING_SAID, timelineAgeMs, type ENDS, type Session } from './session.ts';
import type { TimerName, Turn } from './turn.ts';

/** Short, since a slow first answer is rarer than a network that just came back. */
const CONNECT_TIMEOUT_MS = 2500;
/** Every fifth attempt is patient, for a link that really is slow. */
const PATIENT_TIMEOUT_MS = 10_000;
const BACKOFF_BASE_MS = 300;
/** People must be back within 3 s of the server's return, so the wait stays short for as long as anyone would wait. */
const BACKOFF_CAP_MS = 2500;
const BACKOFF_LATE_CAP_MS = 15_000;
const LATE_AFTER_MS = 300_000;
const REFUSED_RETRY_MS = 15_000;
/** The server finds a silent death within 24 s (LOSS-5); what is held back longer than that is not delivered. */
const ABANDONED_LIVES_MS = 30_000;
const SAY_UNREACHABLE_AFTER_ATTEMPTS = 2;

const OF_A_CONNECTION: readonly TimerName[] = [
  'connect_timeout',
  'ping',
  'pong_timeout',
  'report',
  'resend_chat',
  'intent',
  'refused',
  'rejoin',
  'fade',
  'relay',
  'tell_media',
  'get_ice',
];

export function connect(turn: Turn): void {
  const { attempt, serverUrl } = turn.session;
  turn.update({ phase: 'connecting', retryAtMs: null });
  turn.timer('retry', null);
  turn.timer('connect_timeout', attempt % 5 === 4 ? PATIENT_TIMEOUT_MS : CONNECT_TIMEOUT_MS);
  turn.do({ type: 'connect', url: serverUrl });
}

/** The network is there again, or the machine woke: what was begun before may hang for long. */
export function networkBack(turn: Turn): void {
  switch (turn.session.phase) {
    case 'waiting':
      return connect(turn);
    case 'connecting':
    case 'joining':
      turn.update({ abandonedAtMs: turn.env.nowMs, attempt: 0 });
      return turn.do({ type: 'disconnect' });
    default:
      return;
  }
}

/** The server said hello: join, and offer what we remember in case it remembers nothing. */
export function join(turn: Turn): void {
  const { roomId, me, resumeToken, roomKey, access, serverCaps } = turn.session;
  turn.update({ phase: 'joining' });
  const snapshot = snapshotOf(turn.session, turn.env.nowMs);
  turn.request(
    'room/join',
    {
      roomId,
      client: me,
      caps: [...CAPS],
      resumeToken,
      ...(snapshot && { snapshot }),
      ...(roomKey !== null && { key: roomKey }),
      ...(access && serverCaps.includes('host_proof') && { access: accessToShow(access) }),
    },
    { kind: 'join' },
  );
}

/** The server lets nobody in just now, and said when to ask again: on this connection, which it has not closed. */
export function joinLater(turn: Turn, afterMs: number): void {
  turn.timer('connect_timeout', null);
  turn.timer('rejoin', Math.max(afterMs, BACKOFF_BASE_MS));
}

/** That time has come. */
export function joinAgain(turn: Turn): void {
  turn.timer('connect_timeout', CONNECT_TIMEOUT_MS);
  join(turn);
}

function snapshotOf(session: Session, nowMs: number) {
  const { epoch, content, timeline } = session;
  if (epoch === null) return null;
  const ageMs = timelineAgeMs(session, nowMs);
  const playback =
    timeline && ageMs !== null
      ? {
          playing: timeline.playing,
          positionSec: timeline.positionSec,
          rate: timeline.rate,
          // A film that is held has not moved since.
          ageMs: timeline.held ? 0 : ageMs,
        }
      : undefined;
  return { epoch, seq: timeline?.seq ?? 0, ...(content && { content }), ...(playback && { playback }) };
}

/** The room is closed to this person, or has put it out: it stays out until the person wants otherwise. */
export function stop(turn: Turn, problem: (typeof ENDS)[number]): void {
  turn.update({ phase: 'stopped', problem, retryAtMs: null });
  endCall(turn);
  turn.timer('connect_timeout', null);
  turn.do({ type: 'disconnect' });
}

/** The socket is gone, or never came to be. */
export function closed(turn: Turn, code: number): void {
  const { session, env } = turn;
  for (const name of OF_A_CONNECTION) turn.timer(name, null);
  turn.update({
    ...NO_SIGNS,
    ...NOTHING_SAID,
    settled: false,
    relays: [],
    offeredFor: null,
    offering: false,
  });
  if (session.phase === 'stopped') return;
  const { abandonedAtMs } = session;
  // A join on the connection we gave up, held back on its way, throws out the one that took its place.
  const byOurselves = abandonedAtMs !== null && env.nowMs - abandonedAtMs < ABANDONED_LIVES_MS;
  if (code === CLOSE.replaced && byOurselves) turn.update({ abandonedAtMs: null });
  else if (code === CLOSE.replaced) {
    // Joining again would throw out the other one, which would do the same, for ever.
    turn.update({ phase: 'stopped', problem: 'replaced_elsewhere' });
    return endCall(turn);
  }
  // The server lets this person in no more, whatever the reason; to ask again now and then is no part in the party.
  if (session.problem === 'room_refused') endCall(turn);
  const offlineSinceMs = session.offlineSinceMs ?? env.nowMs;
  const late = env.nowMs - offlineSinceMs > LATE_AFTER_MS;
  const capMs = late ? BACKOFF_LATE_CAP_MS : BACKOFF_CAP_MS;
  const refused = session.problem === 'room_refused';
  // Full jitter: the members of all rooms must not come back in step.
  const delayMs = refused
    ? REFUSED_RETRY_MS
    : env.random() * Math.min(capMs, BACKOFF_BASE_MS * 2 ** Math.min(session.attempt, 10));
  const attempt = session.attempt + 1;
  turn.update({
    phase: 'waiting',
    attempt,
    offlineSinceMs,
    retryAtMs: env.nowMs + delayMs,
    problem: problemAfter(session, code, attempt),
  });
  turn.timer('retry', delayMs);
}

function problemAfter(session: Session, code: number, attempt: number): Session['problem'] {
  if (session.problem === 'room_refused') return 'room_refused';
  if (code === CLOSE.tryAgainLater) return 'server_full';
  if (code === CLOSE.policyViolation) return 'server_refused';
  return attempt >= SAY_UNREACHABLE_AFTER_ATTEMPTS ? 'server_unreachable' : session.problem;
}

/** A new connection may reach a new server with a new clock. */
export function forgetClock(turn: Turn): void {
  turn.update({ clock: NO_CLOCK, oneWayClock: NO_ONE_WAY_CLOCK, pings: [] });
}
