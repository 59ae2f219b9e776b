import { existsSync } from 'node:fs';
import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

const page = path.resolve('renderer/index.html');

/** Only Electron and Node stay outside the bundles: nothing of node_modules ships in app.asar. */
const nodeSide = {
  target: 'node20.18',
  minify: true,
  sourcemap: 'hidden' as const,
  externalizeDeps: false,
};

/** Targets are those of the oldest Electron the tests run on; on the one that ships they cost nothing. */
export default defineConfig({
  main: {
    build: {
      ...nodeSide,
      outDir: 'out/main',
      rollupOptions: {
        external: ['electron', /^node:/],
        input: { index: 'electron/main/index.ts' },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name].cjs' },
      },
    },
  },
  preload: {
    build: {
      ...nodeSide,
      outDir: 'out/preload',
      rollupOptions: {
        external: ['electron'],
        input: { index: 'electron/preload/index.ts' },
        // A sandboxed preload must be CommonJS, in one file.
        output: { format: 'cjs', entryFileNames: '[name].cjs' },
      },
    },
  },
  ...(existsSync(page) && {
    renderer: {
      root: 'renderer',
      plugins: [react()],
      build: {
        outDir: path.resolve('out/renderer'),
        target: 'chrome130',
        minify: true,
        sourcemap: 'hidden' as const,
        // The policy allows no data: scripts and styles, and a file is cached better than a string.
        assetsInlineLimit: 0,
        modulePreload: { polyfill: false },
        rollupOptions: { input: page },
      },
    },
  }),
});
