import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  test: { include: ["src/**/*.test.{ts,tsx}", "scripts/**/*.test.mjs"], setupFiles: ["src/testing/setup.ts"] },
});
