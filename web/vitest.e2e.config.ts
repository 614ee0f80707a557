import { defineConfig } from "vitest/config";

// The walk through a running server; see e2e/README.md.
export default defineConfig({
  test: {
    include: ["e2e/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // On a machine that others use too a walk may be late for its own patience: it is walked once more, and said so.
    retry: 1,
    fileParallelism: false,
    sequence: { concurrent: false },
  },
});
