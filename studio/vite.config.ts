/** How the page is built: names say what is in a file, so that browsers may keep them for good. */
import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vitest/config";

const server = process.env.MOTET_STUDIO_URL ?? "http://127.0.0.1:8765";

/** The synthesiser without its decoder of samples: a worker of ours has it, the audio thread need not. */
const noVorbis = {
  name: "no-vorbis",
  enforce: "pre" as const,
  resolveId: (source: string, importer?: string) =>
    source === "stb-vorbis" && importer?.includes("spessasynth_core")
      ? fileURLToPath(new URL("./src/audio/no_vorbis.ts", import.meta.url))
      : null,
};

export default defineConfig({
  base: "./",
  plugins: [svelte()],
  worker: { plugins: () => [noVorbis] },
  build: {
    outDir: "../src/motet/server/page",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        entryFileNames: "assets/[name]-[hash].js",
        chunkFileNames: "assets/[name]-[hash].js",
        assetFileNames: "assets/[name]-[hash][extname]",
      },
    },
  },
  server: {
    proxy: { "/api": { target: server, changeOrigin: true, ws: true, headers: { origin: server } } },
  },
  test: { include: ["src/**/*.test.ts"], environment: "node" },
});
