export {
  estimateClock,
  sampleOf,
  withSample,
  type ClockEstimate,
  type ClockSample,
  type ClockSamples,
  type Exchange,
} from './clock.ts';
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
  type ServoCommand,
  type ServoInput,
  type ServoState,
  type ServoStep,
} from './servo.ts';
export { anchoredAt, applyIntent, positionAt, timeline, type Intent, type Timeline } from './timeline.ts';
