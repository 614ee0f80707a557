import { defineConfig } from "vitest/config";

// The walk through a running server; see e2e/README.md.
export default defineConfig({
  test: {
    include: ["e2e/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Three walks fail at times, the timeline's offer of late entries mostly at its first try; why is not known yet
    // (docs/roadmap.md, "Walks that fail once"). The second try is told in the report, and goes when the cause is mended.
    retry: 1,
    fileParallelism: false,
    sequence: { concurrent: false },
  },
});
