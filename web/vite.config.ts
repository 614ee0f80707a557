import react from "@vitejs/plugin-react";
import { defineConfig, type Plugin } from "vite";

// GraphiQL's style sheet carries web fonts as data: addresses, which the content
// security policy does not allow and nobody needs.
const withoutWebFonts: Plugin = {
  name: "without-web-fonts",
  enforce: "pre",
  transform(code, id) {
    if (!id.endsWith(".css") || !code.includes("@font-face")) return null;
    return { code: code.replace(/@font-face\s*\{[^}]*\}/g, ""), map: null };
  },
};

// The page itself is fetched beside the small script that begins to ask for access.
const pageBeside: Plugin = {
  name: "page-beside",
  transformIndexHtml: {
    order: "post",
    handler: (html, { bundle, filename }) => {
      if (bundle === undefined || !filename.endsWith("/index.html")) return [];
      const page = Object.values(bundle).find((c) => c.type === "chunk" && c.moduleIds.some((id) => id.endsWith("/src/main.tsx")));
      if (page?.type !== "chunk") throw new Error("the page is not a chunk of its own");
      return [page.fileName, ...page.imports].filter((name) => !html.includes(name)).map((name) => ({ tag: "link", attrs: { rel: "modulepreload", crossorigin: true, href: `/${name}` }, injectTo: "head" as const }));
    },
  },
};

export default defineConfig({
  plugins: [withoutWebFonts, react(), pageBeside],
  build: {
    outDir: "dist",
    emptyOutDir: true, // public/placeholder.txt comes back with every build
    assetsInlineLimit: 0, // no data: scripts or styles
    modulePreload: { polyfill: false },
    target: "es2022",
    rollupOptions: { input: { index: "index.html", graphiql: "graphiql.html" } },
    chunkSizeWarningLimit: 1500,
  },
  css: { preprocessorOptions: { scss: { loadPaths: ["node_modules"], quietDeps: true } } },
  server: {
    // For `npx vite` beside a running server: PATCHWORK_URL=http://127.0.0.1:8080
    proxy: Object.fromEntries(
      ["/graphql", "/documents", "/auth", "/fhir"].map((path) => [path, process.env.PATCHWORK_URL ?? "http://127.0.0.1:8080"]),
    ),
  },
});
