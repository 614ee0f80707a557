import { defineConfig } from "vitest/config";

// Pictures of every page in every state, for eyes; see e2e/README.md.
export default defineConfig({
  test: {
    include: ["e2e/shots/**/*.shots.ts"],
    testTimeout: 600_000,
    hookTimeout: 60_000,
    fileParallelism: false,
    sequence: { concurrent: false },
  },
});
