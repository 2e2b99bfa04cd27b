import { expect, it, vi } from 'vitest';
import { ReconnectingPort } from '../../src/messaging/reconnecting-port.ts';
import { FakePort } from '../support/fake-port.ts';
import { VirtualTime } from '../support/virtual-time.ts';

function opened({ unloads = true } = {}) {
  const time = new VirtualTime();
  const ports: FakePort[] = [];
  const state = { refuses: false };
  const lifetime = new AbortController();
  const events = {
    message: vi.fn<(message: string) => void>(),
    opened: vi.fn(),
    lost: vi.fn(),
    unloaded: vi.fn(),
  };
  const { unloaded, ...others } = events;
  const port = new ReconnectingPort<string, string>(
    {
      connect: () => {
        if (state.refuses) throw new Error('Extension context invalidated.');
        const next = new FakePort();
        ports.push(next);
        return next;
      },
      after: (delayMs, run) => time.setTimer(run, delayMs),
    },
    (raw) => (typeof raw === 'string' ? raw : null),
    unloads ? { ...others, unloaded } : others,
    lifetime.signal,
  );
  port.open();
  return { time, ports, state, lifetime, events, port, last: () => ports.at(-1) };
}

it('hands on what is a message of the port, and nothing else', () => {
  const { ports, events } = opened();
  ports[0]?.say('hello');
  ports[0]?.say({ odd: true });
  expect(events.message.mock.calls).toEqual([['hello']]);
});

it('opens again 50 ms after the background died, and tells both', () => {
  const { ports, events, time, last } = opened();
  last()?.drop();
  expect(events.lost).toHaveBeenCalledOnce();
  time.pass(49);
  expect(ports).toHaveLength(1);
  time.pass(1);
  expect(ports).toHaveLength(2);
  expect(events.opened).toHaveBeenCalledTimes(2);
});

it('waits twice as long each time while nothing comes of it, two seconds at most', () => {
  const { ports, time, last } = opened();
  for (const waitMs of [50, 100, 200, 400, 800, 1600, 2000, 2000]) {
    const { length } = ports;
    last()?.drop();
    time.pass(waitMs - 1);
    expect(ports).toHaveLength(length);
    time.pass(1);
    expect(ports).toHaveLength(length + 1);
  }
});

it('tries quickly again once the background has said something', () => {
  const { ports, time, last } = opened();
  for (let at = 0; at < 6; at += 1) {
    last()?.drop();
    time.pass(2000);
  }
  last()?.say('hello');
  last()?.drop();
  const { length } = ports;
  time.pass(50);
  expect(ports).toHaveLength(length + 1);
});

it('sends through the port that is open, and drops what is sent between two', () => {
  const { port, ports, time, last } = opened();
  port.send('one');
  last()?.drop();
  port.send('lost');
  time.pass(50);
  port.send('two');
  expect(ports.map(({ sent }) => sent)).toEqual([['one'], ['two']]);
});

it('does not fail on a port that closed between two events', () => {
  const { port, last } = opened();
  last()?.disconnect();
  expect(() => port.send('late')).not.toThrow();
});

it('hears nothing of a port that it has left', () => {
  const { events, ports, time, last } = opened();
  const first = last();
  first?.drop();
  time.pass(50);
  first?.say('late');
  first?.drop();
  time.pass(5000);
  expect(events.message).not.toHaveBeenCalled();
  expect(ports).toHaveLength(2);
});

it('ends for good where the extension was removed under its page', () => {
  const { events, ports, time, state, last } = opened();
  state.refuses = true;
  last()?.drop();
  time.pass(60_000);
  expect(events.unloaded).toHaveBeenCalledOnce();
  expect(ports).toHaveLength(1);
});

it('tries on where its owner does not want to know of that', () => {
  const { ports, time, state, last } = opened({ unloads: false });
  state.refuses = true;
  last()?.drop();
  time.pass(1000);
  state.refuses = false;
  time.pass(2000);
  expect(ports).toHaveLength(2);
});

it('closes its port when it is ended, and opens none again', () => {
  const { ports, time, lifetime, port, last } = opened();
  last()?.drop();
  lifetime.abort();
  time.pass(10_000);
  expect(ports).toHaveLength(1);
  port.open();
  expect(ports).toHaveLength(1);
  const other = opened();
  other.lifetime.abort();
  expect(other.ports[0]?.closed).toBe(true);
});
