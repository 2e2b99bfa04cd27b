import { randomBytes } from 'node:crypto';

export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

const FINAL = 0x80;
const MASKED = 0x80;
const MASK_BYTES = 4;

/** A frame as a client sends it (RFC 6455 §5.2), so that it can be cut and put together as no library would. */
export function clientFrame(payload: Buffer, opcode: number, isFinal = true): Buffer {
  const { length } = payload;
  const lengthBytes = length < 126 ? 0 : length < 65_536 ? 2 : 8;
  const frame = Buffer.allocUnsafe(2 + lengthBytes + MASK_BYTES + length);
  frame[0] = (isFinal ? FINAL : 0) | opcode;
  frame[1] = MASKED | (lengthBytes === 0 ? length : lengthBytes === 2 ? 126 : 127);
  if (lengthBytes === 2) frame.writeUInt16BE(length, 2);
  if (lengthBytes === 8) frame.writeBigUInt64BE(BigInt(length), 2);
  const start = 2 + lengthBytes + MASK_BYTES;
  // A mask of nothing for most: to mask costs more than to send.
  frame.fill(0, 2 + lengthBytes, start);
  payload.copy(frame, start);
  if (length > 0 && length < 200) applyMask(frame, start);
  return frame;
}

export const textFrame = (text: string): Buffer => clientFrame(Buffer.from(text), OPCODE.text);

/** One message in `count` frames of about the same length. */
export function fragments(payload: Buffer, count: number): Buffer[] {
  const size = Math.max(1, Math.ceil(payload.length / count));
  return Array.from({ length: count }, (_, index) =>
    clientFrame(
      payload.subarray(index * size, (index + 1) * size),
      index === 0 ? OPCODE.text : OPCODE.continuation,
      index === count - 1,
    ),
  );
}

function applyMask(frame: Buffer, start: number): void {
  const mask = masks.subarray(frame.length % (masks.length - MASK_BYTES));
  for (let at = 0; at < MASK_BYTES; at += 1) frame[start - MASK_BYTES + at] = mask[at] ?? 0;
  for (let at = start; at < frame.length; at += 1) {
    frame[at] = (frame[at] ?? 0) ^ (mask[(at - start) % MASK_BYTES] ?? 0);
  }
}

const masks = randomBytes(256);
