import path from 'node:path';
import react from '@vitejs/plugin-react';
import { build } from 'vite';

/**
 * Builds the calling screen for the browsers of TVs into out/renderer/tv/, after the pages of the program: whoever has
 * the pages has it too. Nothing else here is meant for browsers as old as that.
 */

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Tizen 5 of 2019 has Chromium 63, webOS 5 of 2020 has 68; Android boxes have newer ones. */
export const OLDEST_TV = 'chrome63';

await build({
  configFile: false,
  root: path.join(ROOT, 'renderer/tv'),
  // Served as /screen: files are asked for beside it.
  base: './',
  plugins: [react()],
  logLevel: 'warn',
  build: {
    outDir: path.join(ROOT, 'out/renderer/tv'),
    emptyOutDir: true,
    target: OLDEST_TV,
    cssTarget: OLDEST_TV,
    minify: true,
    sourcemap: 'hidden',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
