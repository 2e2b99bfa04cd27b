import { CAPS, CLOSE } from '../protocol/index.ts';
import { NO_CLOCK, NO_ONE_WAY_CLOCK } from '../sync/index.ts';
import { endCall } from './call.ts';
import { accessForJoin } from './host-access.ts';
import { timelineAgeMs } from './session-queries.ts';
import { NO_EPHEMERAL, type Connection, type FinalProblem, type Session } from './session.ts';
import type { StepContext, TimerName } from './step-context.ts';

/** Short, since a slow first reply is rarer than a network that has just come back. */
const CONNECT_TIMEOUT_MS = 2500;
/** Every fifth attempt is patient, for a link that really is slow. */
const PATIENT_TIMEOUT_MS = 10_000;
const BACKOFF_BASE_MS = 300;
/** Members must be back within 3 s of the server's return, so the wait stays short for as long as anyone would wait. */
const BACKOFF_CAP_MS = 2500;
const BACKOFF_LATE_CAP_MS = 15_000;
const LATE_AFTER_MS = 300_000;
const REFUSED_RETRY_MS = 15_000;
/** The server finds a silent death within 24 s (LOSS-5). A message that is held back longer is not delivered. */
const ABANDONED_LIVES_MS = 30_000;
const UNREACHABLE_AFTER_ATTEMPTS = 2;

/** Timers that end with the connection. */
const CONNECTION_TIMERS: readonly TimerName[] = [
  'connect_timeout',
  'ping',
  'pong_timeout',
  'report',
  'resend_chat',
  'intent',
  'refused',
  'rejoin',
  'expire',
  'relay',
  'send_media',
  'get_ice',
];

export function connect(step: StepContext): void {
  const { connection, identity } = step.session;
  step.update('connection', { phase: 'connecting', retryAtMs: null });
  step.timer('retry', null);
  step.timer('connect_timeout', connection.attempt % 5 === 4 ? PATIENT_TIMEOUT_MS : CONNECT_TIMEOUT_MS);
  step.do({ type: 'connect', url: identity.serverUrl });
}

/** The network is back, or the machine woke: an attempt that was made before may hang for long. */
export function onNetworkBack(step: StepContext): void {
  switch (step.session.connection.phase) {
    case 'waiting':
      return connect(step);
    case 'connecting':
    case 'joining':
      step.update('connection', { abandonedAtMs: step.env.nowMs, attempt: 0 });
      return step.do({ type: 'disconnect' });
    default:
      return;
  }
}

/** After the server's hello: joins, and sends a snapshot in case the server has forgotten the room. */
export function join(step: StepContext): void {
  const { roomId, me, resumeToken, roomKey, access } = step.session.identity;
  step.update('connection', { phase: 'joining' });
  const snapshot = snapshotOf(step.session, step.env.nowMs);
  step.request(
    'room/join',
    {
      roomId,
      client: me,
      caps: [...CAPS],
      resumeToken,
      ...(snapshot && { snapshot }),
      ...(roomKey !== null && { key: roomKey }),
      ...(access && step.serverHas('host_proof') && { access: accessForJoin(access) }),
    },
    { kind: 'join' },
  );
}

/** The server lets nobody in now and said when to ask again, on this connection, which it has not closed. */
export function joinLater(step: StepContext, afterMs: number): void {
  step.timer('connect_timeout', null);
  step.timer('rejoin', Math.max(afterMs, BACKOFF_BASE_MS));
}

export function joinAgain(step: StepContext): void {
  step.timer('connect_timeout', CONNECT_TIMEOUT_MS);
  join(step);
}

function snapshotOf(session: Session, nowMs: number) {
  const { epoch } = session.room;
  const { content, timeline } = session.playback;
  if (epoch === null) return null;
  const ageMs = timelineAgeMs(session, nowMs);
  const playback =
    timeline && ageMs !== null
      ? {
          playing: timeline.playing,
          positionSec: timeline.positionSec,
          rate: timeline.rate,
          // A held video has not moved since.
          ageMs: timeline.held ? 0 : ageMs,
        }
      : undefined;
  return { epoch, seq: timeline?.seq ?? 0, ...(content && { content }), ...(playback && { playback }) };
}

/** The room is closed to this user, or has removed it: the session ends until the user wants otherwise. */
export function stop(step: StepContext, problem: FinalProblem): void {
  step.update('connection', { phase: 'stopped', problem, retryAtMs: null });
  endCall(step);
  step.timer('connect_timeout', null);
  step.do({ type: 'disconnect' });
}

/** The socket is closed, or was never open. */
export function onClosed(step: StepContext, code: number): void {
  const { connection } = step.session;
  forgetConnection(step);
  if (connection.phase === 'stopped') return;
  if (code === CLOSE.replaced) {
    // A join on the connection that this client gave up was held back, and throws out the one that took its place.
    const byOurselves =
      connection.abandonedAtMs !== null && step.env.nowMs - connection.abandonedAtMs < ABANDONED_LIVES_MS;
    if (!byOurselves) {
      // Joining again would throw out the other one, which would do the same, for ever.
      step.update('connection', { phase: 'stopped', problem: 'replaced_elsewhere' });
      return endCall(step);
    }
    step.update('connection', { abandonedAtMs: null });
  }
  // The server no longer lets this user in, whatever the reason. Asking again now and then is no part in the party.
  if (connection.problem === 'room_refused') endCall(step);
  retryLater(step, connection, code);
}

/** Drops what was asked and sent on one connection. */
function forgetConnection(step: StepContext): void {
  for (const name of CONNECTION_TIMERS) step.timer(name, null);
  step.update('connection', { requests: {}, refused: [], joinComplete: false });
  step.update('report', { sentAtMs: [] });
  step.update('intents', { lastSent: null, notBeforeMs: 0, stateAskedFor: null, awaitsState: false });
  step.update('chat', { historyIds: null });
  step.update('ephemeral', NO_EPHEMERAL);
  step.update('call', { relays: [] });
  step.update('clock', { pings: [] });
}

function retryLater(step: StepContext, connection: Connection, code: number): void {
  const { nowMs, random } = step.env;
  const offlineSinceMs = connection.offlineSinceMs ?? nowMs;
  const late = nowMs - offlineSinceMs > LATE_AFTER_MS;
  const capMs = late ? BACKOFF_LATE_CAP_MS : BACKOFF_CAP_MS;
  // Full jitter: the members of all rooms must not come back in step.
  const delayMs =
    connection.problem === 'room_refused'
      ? REFUSED_RETRY_MS
      : random() * Math.min(capMs, BACKOFF_BASE_MS * 2 ** Math.min(connection.attempt, 10));
  const attempt = connection.attempt + 1;
  step.update('connection', {
    phase: 'waiting',
    attempt,
    offlineSinceMs,
    retryAtMs: nowMs + delayMs,
    problem: problemAfter(connection, code, attempt),
  });
  step.timer('retry', delayMs);
}

function problemAfter({ problem }: Connection, code: number, attempt: number): Connection['problem'] {
  if (problem === 'room_refused') return 'room_refused';
  if (code === CLOSE.tryAgainLater) return 'server_full';
  if (code === CLOSE.policyViolation) return 'server_refused';
  return attempt >= UNREACHABLE_AFTER_ATTEMPTS ? 'server_unreachable' : problem;
}

/** A new connection may reach a new server with a new clock. */
export function resetClock(step: StepContext): void {
  step.update('clock', { twoWay: NO_CLOCK, oneWay: NO_ONE_WAY_CLOCK, pings: [] });
}
