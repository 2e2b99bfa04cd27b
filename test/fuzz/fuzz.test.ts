import { describe, expect, it } from 'vitest';
import { decodeClientFrame } from '../../src/protocol/index.ts';
import { clientFrame, fragments, OPCODE } from './frames.ts';
import { fuzz } from './fuzz.ts';
import { honestPayload } from './honest.ts';
import { Ledger } from './ledger.ts';
import { Random } from './random.ts';
import { roomsOf, type FuzzRoom } from './scene.ts';
import { CLIENT_SHAPES } from './shapes.ts';
import { Witness } from './witness.ts';

describe('whatever strangers send', () => {
  it('[ENV-3] [ERR-1] [ERR-3] a server stays up, answers once, and keeps rooms apart', async () => {
    const report = await fuzz({ seed: 4, messages: 4000, rounds: 1, sockets: 30, depth: 20_000 });
    expect(report.violations).toEqual([]);
    expect(report.sent).toBeGreaterThanOrEqual(4000);
    // Most of it has to get past the doors, or nothing is tried behind them.
    expect(report.answers.ack).toBeGreaterThan(report.sent / 5);
  });
});

describe('the fuzzer itself', () => {
  const scene = (room = roomsOf(1)[0]) => {
    if (!room) throw new Error('unreachable');
    return {
      random: new Random(7),
      room,
      userId: 'ada',
      resumeToken: 'a-token-of-ada',
      users: ['ada', 'bob'],
    };
  };

  it.each([...CLIENT_SHAPES.keys()])('makes %s messages that the schema takes', (type) => {
    const told = scene();
    for (let run = 0; run < 100; run += 1) {
      const text = JSON.stringify({ v: 1, type, payload: honestPayload(type, told) });
      expect(decodeClientFrame(text)).toMatchObject({ ok: true, message: { type } });
    }
  });

  it('masks and cuts frames as RFC 6455 has it', () => {
    const masked = clientFrame(Buffer.from('Hello'), OPCODE.text);
    expect([masked[0], masked[1]]).toEqual([0x81, 0x80 | 5]);
    const mask = masked.subarray(2, 6);
    expect(Buffer.from(masked.subarray(6).map((byte, at) => byte ^ (mask[at % 4] ?? 0))).toString()).toBe(
      'Hello',
    );
    const cut = fragments(Buffer.alloc(10), 3);
    expect(cut.map(([first]) => first)).toEqual([0x01, 0x00, 0x80]);
  });

  it('sees answers that are missing, doubled or by a mute close', () => {
    const seen: string[] = [];
    const ledger = new Ledger((violation) => seen.push(violation));
    ledger.sent({ requestId: 'a' }, false);
    ledger.sent('unnamed', false);
    expect(ledger.isSettled).toBe(false);
    ledger.answered('ack', 'a');
    ledger.answered('bad_request', undefined);
    expect(ledger.isSettled).toBe(true);
    ledger.closed(1008, 'flooding');
    expect(seen).toEqual([]);
    ledger.answered('ack', 'a');
    ledger.closed(1006, '');
    ledger.closed(1009, '');
    expect(seen).toHaveLength(3);
  });

  it('sees what comes from another room', () => {
    const seen: string[] = [];
    const witness = new Witness((violation) => seen.push(violation));
    const [mine, other] = roomsOf(1);
    if (!mine || !other) throw new Error('unreachable');
    const hear = ({ canary }: FuzzRoom, { roomId }: FuzzRoom) =>
      witness.hear(`{"text":"${canary}"}`, 'chat/message', roomId);
    witness.joins(mine.canary);
    hear(mine, mine);
    expect(seen).toEqual([]);
    hear(other, mine);
    witness.left(mine.canary);
    hear(mine, mine);
    expect(seen).toEqual(['chat/message of a room it is not in', 'chat/message of a room it is not in']);
  });
});
