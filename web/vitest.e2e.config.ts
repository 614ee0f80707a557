import { defineConfig } from "vitest/config";

// The walk through a running server; see e2e/README.md.
export default defineConfig({
  test: {
    include: ["e2e/**/*.test.ts"],
    setupFiles: ["e2e/failed.ts"],
    testTimeout: 90_000,
    // A machine that is busy with something else may take longer than a second.
    expect: { poll: { timeout: 10_000 } },
    hookTimeout: 60_000,
    fileParallelism: false,
    sequence: { concurrent: false },
  },
});
