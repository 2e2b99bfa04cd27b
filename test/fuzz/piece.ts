import { LIMITS } from '../../src/protocol/index.ts';
import { textFrame } from './frames.ts';

/** What the server owes for a piece. `nothing` may still be answered by an error without a name. */
export type Due = { requestId: string } | 'unnamed' | 'nothing' | 'close';

/** Something that is sent over one connection. */
export interface Piece {
  kind: string;
  /** Written one after the other; each in a turn of its own where `slowly`. */
  frames: readonly Buffer[];
  due: Due;
  slowly?: true;
  /** A server may end the connection for it in place of an answer, and its library gives a code without a reason. */
  mayEnd?: true;
  /** The connection is dropped after it. */
  thenDrop?: true;
}

/** One text frame; what is due is read from it, as the server has to read it. */
export function textPiece(kind: string, text: string): Piece {
  const frame = textFrame(text);
  return { kind, frames: [frame], due: dueFor(text) };
}

export function dueFor(text: string): Due {
  if (Buffer.byteLength(text) > LIMITS.frameBytes) return 'close';
  const envelope = parsed(text);
  if (typeof envelope !== 'object' || envelope === null || Array.isArray(envelope)) return 'unnamed';
  if (!('requestId' in envelope) || envelope.requestId === null) return 'nothing';
  const { requestId } = envelope;
  if (typeof requestId !== 'string') return 'unnamed';
  return requestId.length >= 1 && requestId.length <= LIMITS.requestIdChars ? { requestId } : 'unnamed';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
