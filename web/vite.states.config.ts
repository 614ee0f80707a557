import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

// The page of every component in every state: for eyes and for axe, never served with the viewer.
export default defineConfig({
  plugins: [react()],
  publicDir: false,
  build: {
    outDir: "states",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: "es2022",
    rollupOptions: { input: "states.html" },
    chunkSizeWarningLimit: 1500,
  },
  css: { preprocessorOptions: { scss: { loadPaths: ["node_modules"], quietDeps: true } } },
});
