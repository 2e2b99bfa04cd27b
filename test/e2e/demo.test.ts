import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const SECONDS = 12;

/** What `npm start` runs once everything is installed. */
test('the demo shows two in sync, and says so', async () => {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['test/demo/start.ts', '--headless', '--seconds', String(SECONDS)],
    { env: { ...process.env, NO_COLOR: '1' } },
  );
  expect(stdout).toMatch(/Ana plays with the button → Ben follows after \d+ ms/);
  expect(stdout).toMatch(/Ben pauses with the K key → Ana follows after \d+ ms/);
  expect(stdout).toMatch(/Apart while steady +median [\d.]+ ms, p95 [\d.]+ ms/);
  expect(stdout).toContain('Intents on the wire  3 for 3 acts');
  expect(stdout).toMatch(/In sync\.\n$/);
  const { size } = await stat('test-results/demo/popup.png');
  expect(size).toBeGreaterThan(1000);
});
