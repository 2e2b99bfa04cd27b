export { NO_BACKOFF } from './backoff.ts';
export {
  estimateClock,
  NO_CLOCK,
  withExchange,
  type Clock,
  type ClockEstimate,
  type Exchange,
} from './clock.ts';
export { adEndChanged, isNearEnd } from './ends.ts';
export {
  estimateOneWay,
  NO_ONE_WAY_CLOCK,
  withAckRtt,
  withServerStamp,
  type OneWayClock,
} from './one-way-clock.ts';
export {
  SERVO_START,
  type ServoCommand,
  type ServoInput,
  type ServoState,
  type ServoStep,
} from './servo-state.ts';
export { pausedToleranceSec, servo } from './servo.ts';
export {
  canGetReady,
  HOLD_MS,
  holdTimeline,
  isStalled,
  isStart,
  releaseTimeline,
  startAtMs,
} from './start-barrier.ts';
export {
  applyIntent,
  isPlayingAt,
  positionAt,
  rebaseTo,
  timeline,
  type RoomIntent,
  type Timeline,
} from './timeline.ts';
