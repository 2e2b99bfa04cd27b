import preact from '@preact/preset-vite';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Vitest leaves a core free for watching; here nobody waits for it.
    maxWorkers: '100%',
    projects: [
      {
        plugins: [preact()],
        test: {
          name: 'unit',
          setupFiles: ['test/setup/seed-properties.ts'],
          // One set of modules for all files of a worker: to load them anew for each took a third of the time.
          isolate: false,
          // Simulated parties are long, and a machine may be busy; nothing is timed here.
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**'],
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          globalSetup: ['test/e2e/build-extensions.ts'],
          // Two cores hold one party of browsers at a time.
          fileParallelism: false,
          // Of the tests that share one browser (test/support/player-harness), so many pages play beside each other.
          maxConcurrency: 5,
          sequence: { groupOrder: 1 },
          // To open the popup and read it takes more than Vitest's one second on a slow machine; what is timed says so itself.
          expect: { poll: { timeout: 8000 } },
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
