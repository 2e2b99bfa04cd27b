import type { Scenario } from '../scenario.ts';
import { calibration } from './calibration.ts';
import { asleep, clocks, mediaDrift } from './clocks.ts';
import { firefox } from './firefox.ts';
import { sound } from './sound.ts';
import { stalls } from './stalls.ts';
import { asymmetric, rough, speed, steady } from './steady.ts';
import { join, resume, seek } from './trials.ts';

export const SCENARIOS: readonly Scenario[] = [
  calibration,
  steady,
  rough,
  asymmetric,
  speed,
  sound,
  join,
  seek,
  resume,
  clocks,
  asleep,
  mediaDrift,
  stalls,
  firefox,
];

/** What is measured when nothing is said. */
export const DEFAULTS = ['steady'];
