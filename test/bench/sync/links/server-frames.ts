import { decodeServerFrame, type ServerMessage } from '../../../../src/protocol/index.ts';

const END_OF_HEAD = '\r\n\r\n';
const TEXT = 1;

/**
 * Reads along what a server sends on a WebSocket, without being a party to it. A server's frames are not masked
 * (RFC 6455 §5.1), and ours neither compresses nor fragments.
 */
export class ServerFrames {
  #rest: Buffer = Buffer.alloc(0);
  #inHead = true;
  readonly #told: (message: ServerMessage) => void;

  constructor(told: (message: ServerMessage) => void) {
    this.#told = told;
  }

  read(chunk: Buffer): void {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    if (this.#inHead) {
      const end = this.#rest.indexOf(END_OF_HEAD);
      if (end < 0) return;
      this.#inHead = false;
      this.#rest = this.#rest.subarray(end + END_OF_HEAD.length);
    }
    for (let frame = this.#next(); frame; frame = this.#next()) {
      if (frame.opcode !== TEXT) continue;
      const decoded = decodeServerFrame(frame.payload.toString());
      if (decoded.ok) this.#told(decoded.message);
    }
  }

  #next(): { opcode: number; payload: Buffer } | null {
    const bytes = this.#rest;
    if (bytes.length < 2) return null;
    const short = bytes.readUInt8(1) & 0x7f;
    const headBytes = short === 127 ? 10 : short === 126 ? 4 : 2;
    if (bytes.length < headBytes) return null;
    const length =
      short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
    if (bytes.length < headBytes + length) return null;
    this.#rest = bytes.subarray(headBytes + length);
    return { opcode: bytes.readUInt8(0) & 0x0f, payload: bytes.subarray(headBytes, headBytes + length) };
  }
}
