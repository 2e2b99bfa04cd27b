import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { clientFrame, OPCODE } from '../../fuzz/frames.ts';

export interface RawOptions {
  port: number;
  /** The address it comes from. */
  from?: string;
  origin?: string;
  /** Called for texts of at most this many bytes; larger ones are only counted. */
  keepBytes?: number;
  onText?: (text: Buffer) => void;
}

const NOTHING = Buffer.alloc(0);
const HANDSHAKE_END = '\r\n\r\n';

/**
 * A WebSocket client that costs next to nothing: it counts what it is told without taking it apart, so that on a machine of two
 * cores the server is measured and not its clients.
 */
export class RawSocket {
  /** Text frames received. */
  received = 0;
  closed: { code: number } | null = null;
  readonly #socket: Socket;
  readonly #keepBytes: number;
  readonly #onText: (text: Buffer) => void;
  #tail = NOTHING;
  #skip = 0;

  private constructor(socket: Socket, { keepBytes = 0, onText = () => undefined }: RawOptions) {
    this.#socket = socket;
    this.#keepBytes = keepBytes;
    this.#onText = onText;
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('close', () => (this.closed ??= { code: 1006 }));
  }

  /** Rejects with the status when the server does not switch protocols. */
  static async open(options: RawOptions): Promise<RawSocket> {
    const { port, from, origin } = options;
    const socket = connect({ port, host: '127.0.0.1', ...(from !== undefined && { localAddress: from }) });
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    await once(socket, 'connect');
    socket.write(handshake(port, origin));
    let head = NOTHING;
    for (;;) {
      const [chunk] = (await Promise.race([once(socket, 'data'), once(socket, 'close')])) as [unknown];
      if (!Buffer.isBuffer(chunk)) throw new Error('refused');
      head = Buffer.concat([head, chunk]);
      const end = head.indexOf(HANDSHAKE_END);
      if (end < 0) continue;
      const [, status = ''] = head.toString('latin1', 0, 20).split(' ');
      if (status !== '101') {
        socket.destroy();
        throw new Error(`refused with ${status}`);
      }
      const opened = new RawSocket(socket, options);
      opened.#read(head.subarray(end + HANDSHAKE_END.length));
      return opened;
    }
  }

  /** Writes frames that were made before. */
  write(bytes: Buffer): void {
    if (this.closed === null && this.#socket.writable) this.#socket.write(bytes);
  }

  /** Bytes that wait to be sent: more than a few mean that the server does not read. */
  get unsent(): number {
    return this.#socket.writableLength;
  }

  drop(): void {
    this.closed ??= { code: 1006 };
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    const data = this.#tail.length > 0 ? Buffer.concat([this.#tail, chunk]) : chunk;
    let at = 0;
    for (;;) {
      const skipped = Math.min(this.#skip, data.length - at);
      this.#skip -= skipped;
      at += skipped;
      const frame = this.#skip > 0 ? null : headerAt(data, at);
      if (!frame) break;
      const { opcode, headBytes, length } = frame;
      const isKept = opcode >= OPCODE.close || length <= this.#keepBytes;
      if (isKept && data.length - at < headBytes + length) break;
      at += headBytes;
      if (opcode === OPCODE.text) this.received += 1;
      if (isKept) this.#take(opcode, data.subarray(at, at + length));
      this.#skip = length;
    }
    this.#tail = at < data.length ? Buffer.from(data.subarray(at)) : NOTHING;
  }

  #take(opcode: number, payload: Buffer): void {
    if (opcode === OPCODE.text) this.#onText(payload);
    else if (opcode === OPCODE.ping) this.write(clientFrame(payload, OPCODE.pong));
    else if (opcode === OPCODE.close) {
      this.closed = { code: payload.length >= 2 ? payload.readUInt16BE(0) : 1005 };
      this.#socket.end(clientFrame(payload.subarray(0, 2), OPCODE.close));
    }
  }
}

function headerAt(data: Buffer, at: number): { opcode: number; headBytes: number; length: number } | null {
  if (data.length - at < 2) return null;
  const opcode = (data[at] ?? 0) & 0x0f;
  const short = (data[at + 1] ?? 0) & 0x7f;
  if (short < 126) return { opcode, headBytes: 2, length: short };
  const headBytes = short === 126 ? 4 : 10;
  if (data.length - at < headBytes) return null;
  const length = short === 126 ? data.readUInt16BE(at + 2) : Number(data.readBigUInt64BE(at + 2));
  return { opcode, headBytes, length };
}

function handshake(port: number, origin: string | undefined): string {
  return [
    'GET / HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Upgrade: websocket',
    'Connection: Upgrade',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: c3RyZWFtc3luYy1iZW5jaA==',
    ...(origin === undefined ? [] : [`Origin: ${origin}`]),
    '',
    '',
  ].join('\r\n');
}
