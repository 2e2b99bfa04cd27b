import type { ServerMessage } from '../../../../src/protocol/index.ts';
import type { LinkShape } from './delays.ts';
import type { LoggedPassage } from './link.ts';

/** To the thread of the links. */
export type ToThread =
  | { type: 'open'; id: number; serverPort: number; shape: LinkShape; seed: number }
  | { type: 'shape'; id: number; shape: LinkShape }
  | { type: 'stall'; id: number; ms: number }
  | { type: 'cut' | 'close'; id: number };

/** From it; times are of the clock that threads share. */
export type FromThread =
  | { type: 'opened'; id: number; port: number }
  | { type: 'told'; id: number; message: ServerMessage; sharedMs: number }
  | { type: 'passed'; id: number; passage: LoggedPassage; sharedMs: number };
