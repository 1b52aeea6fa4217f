import { defineConfig } from 'vitest/config';

const minutes = 60_000;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages,apps,tools}/**/*.test.ts'],
          globalSetup: ['packages/testkit/src/global-setup.ts'],
          testTimeout: minutes,
          hookTimeout: 2 * minutes,
        },
      },
      {
        test: {
          name: 'system',
          include: ['e2e/**/*.test.ts'],
          // Real daemons hold real ports: one scenario at a time.
          fileParallelism: false,
          testTimeout: 2 * minutes,
          hookTimeout: 2 * minutes,
        },
      },
    ],
  },
});
