import { connect, createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Random } from '../sim/random.ts';
import { drawDelayMs, symmetric } from './sync/links/delays.ts';
import { Lane } from './sync/links/lane.ts';
import { startLink } from './sync/links/link.ts';
import { ServerFrames } from './sync/links/server-frames.ts';
import { encode } from '../../src/protocol/index.ts';

describe('a lane', () => {
  test('keeps the order, so that one late chunk holds up those behind it', async () => {
    const arrived: [number, number][] = [];
    const startMs = performance.now();
    await new Promise<void>((resolve) => {
      const lane = new Lane(() => arrived.length === 3 && resolve());
      for (const [index, delayMs] of [60, 5, 1].entries()) {
        lane.push(delayMs, 1, () => arrived.push([index, performance.now() - startMs]));
      }
    });
    expect(arrived.map(([index]) => index)).toEqual([0, 1, 2]);
    for (const [, afterMs] of arrived) expect(afterMs).toBeGreaterThanOrEqual(60);
  });

  test('that is held delivers nothing until it is let go', async () => {
    const startMs = performance.now();
    const intendedMs = await new Promise<number>((resolve) => {
      const lane = new Lane((passage) => resolve(passage.intendedMs));
      lane.holdFor(50);
      lane.push(1, 1, () => undefined);
    });
    expect(performance.now() - startMs).toBeGreaterThanOrEqual(50);
    expect(intendedMs).toBeGreaterThan(49);
  });
});

describe('delays', () => {
  test('are the same for the same seed', () => {
    const draw = () => {
      const random = new Random(3);
      return Array.from({ length: 20 }, () => drawDelayMs(symmetric(20, 8, 0.03), 'up', random));
    };
    expect(draw()).toEqual(draw());
  });

  test.each(['uniform', 'normal', 'exponential'] as const)('with %s jitter are never negative', (kind) => {
    const random = new Random(5);
    const delays = Array.from({ length: 2000 }, () =>
      drawDelayMs(symmetric(10, 20, 0, kind), 'down', random),
    );
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(0.5);
    expect(Math.max(...delays)).toBeGreaterThan(20);
  });

  test('have as many spikes as was said', () => {
    const random = new Random(5);
    const delays = Array.from({ length: 5000 }, () => drawDelayMs(symmetric(20, 8, 0.03), 'up', random));
    const spikes = delays.filter((ms) => ms > 40).length;
    expect(spikes / delays.length).toBeCloseTo(0.03, 2);
  });
});

test('a link passes what it is given, both ways, and says what that took', async () => {
  const server = createServer((socket) => socket.pipe(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const ways: string[] = [];
  const { port } = server.address() as AddressInfo;
  const link = await startLink(port, symmetric(5, 0, 0), new Random(1), {
    passed: ({ way }) => ways.push(way),
  });
  const socket = connect(link.port, '127.0.0.1');
  const startMs = performance.now();
  socket.write('hello');
  const [answer] = (await once(socket, 'data')) as [Buffer];
  // A round trip to shake hands, and one for the answer.
  expect(performance.now() - startMs).toBeGreaterThanOrEqual(20);
  expect(answer.toString()).toBe('hello');
  expect(ways).toEqual(['up', 'down']);
  socket.destroy();
  link.close();
  server.close();
});

test('what a server says is read along, however it is cut', () => {
  const message = {
    type: 'clock/pong',
    payload: { id: 1, t1Ms: 1, t2Ms: 2, t3Ms: 3 },
  } as const;
  const text = Buffer.from(encode(message));
  const bytes = Buffer.concat([
    Buffer.from('HTTP/1.1 101 Switching Protocols\r\n\r\n'),
    ...[1, 2].map(() => Buffer.concat([Buffer.from([0x81, text.length]), text])),
  ]);
  const told: string[] = [];
  const frames = new ServerFrames(({ type }) => told.push(type));
  for (const byte of bytes) frames.read(Buffer.from([byte]));
  expect(told).toEqual(['clock/pong', 'clock/pong']);
});
