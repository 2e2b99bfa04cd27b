export {
  estimateClock,
  NO_CLOCK,
  withExchange,
  type Clock,
  type ClockEstimate,
  type Exchange,
} from './clock.ts';
export { isAtEnd } from './film-end.ts';
export { held, HOLD_MS, isAble, isStalled, isStart, opened, startAtMs } from './hold.ts';
export {
  estimateOneWay,
  NO_ONE_WAY_CLOCK,
  withAckRtt,
  withServerStamp,
  type OneWayClock,
} from './one-way-clock.ts';
export {
  servo,
  SERVO_START,
  standsWithinSec,
  type ServoCommand,
  type ServoInput,
  type ServoState,
  type ServoStep,
} from './servo.ts';
export { NO_TRIES } from './tries.ts';
export {
  anchoredAt,
  applyIntent,
  positionAt,
  runsAt,
  timeline,
  type RoomIntent,
  type Timeline,
} from './timeline.ts';
