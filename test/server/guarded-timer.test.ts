import { EventEmitter, once } from 'node:events';
import { expect, it } from 'vitest';
import { guardedTimer } from '../../src/server/guarded-timer.ts';
import { silentLog } from '../../src/server/ports.ts';

it('A failing timer is logged without its message, and ends nothing.', async () => {
  const told = new EventEmitter();
  const setTimer = guardedTimer({
    ...silentLog,
    error: (fields, message) => told.emit('line', fields, message),
  });
  setTimer(() => {
    throw new Error('private-words');
  }, 0);
  const line = await once(told, 'line');
  expect(line[1]).toBe('a timer failed');
  expect(JSON.stringify(line)).not.toContain('private-words');
});
