import { defineConfig } from "vitest/config";

// The walk through a running server; see e2e/README.md.
export default defineConfig({
  test: {
    include: ["e2e/**/*.test.ts"],
    setupFiles: ["e2e/failed.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    sequence: { concurrent: false },
  },
});
