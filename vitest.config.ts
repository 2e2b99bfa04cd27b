import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

/** Tests that look at how close players are, or at how soon a picture is there. */
const TIMED = [
  'demo',
  'faces',
  'faces-{eight,firefox,turn}',
  'firefox',
  'hostile-member',
  'idle-cost',
  'open-player-party',
  'party-of-*',
  'sites/!(rules)',
  'waiting',
].map((name) => `test/e2e/${name}.test.ts`);

const browsers = {
  globalSetup: ['test/e2e/build-extensions.ts'],
  // To open the popup and read it takes more than Vitest's one second on a slow machine; what is timed says so itself.
  expect: { poll: { timeout: 8000 } },
  testTimeout: 120_000,
  hookTimeout: 120_000,
};

export default defineConfig({
  test: {
    // Vitest leaves a core free for watching; here nobody waits for it.
    maxWorkers: '100%',
    projects: [
      {
        plugins: [preact()],
        // A build has a hash there (modules/sites).
        define: { __RULES_VERSION__: JSON.stringify('test') },
        test: {
          name: 'unit',
          setupFiles: ['test/setup/seed-properties.ts'],
          // One set of modules for all files of a worker: to load them anew for each took a third of the time.
          isolate: false,
          // Simulated parties are long, and a machine may be busy; nothing is timed here.
          testTimeout: 60_000,
          sequence: { groupOrder: 0 },
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**'],
        },
      },
      {
        test: {
          ...browsers,
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: TIMED,
          // They wait more than they compute: two cores hold three parties whose milliseconds do not count.
          maxWorkers: 3,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          ...browsers,
          name: 'e2e-timed',
          include: TIMED,
          // Two cores hold one party whose milliseconds count.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
