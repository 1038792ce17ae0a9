import { configDefaults, defineConfig } from 'vitest/config';

// Long runs of bounded length have a script of their own: npm run test:long.
const long = process.env.LONG_TESTS === '1';
// npm run test:specs: what the bot sends is judged by the chat products' own schemas too.
const specs = process.env.SPECS === '1';

export default defineConfig({
  test: {
    root: new URL('..', import.meta.url).pathname,
    include: [long ? 'test/**/*.long.test.ts' : 'test/**/*.test.ts'],
    exclude: [...configDefaults.exclude, ...(long ? [] : ['test/**/*.long.test.ts'])],
    setupFiles: ['test/support/watch-outside-use.ts'],
    globalSetup: specs ? ['test/specs/run.ts'] : [],
    // One processor is left idle otherwise, which is half of a small machine.
    maxWorkers: '100%',
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
