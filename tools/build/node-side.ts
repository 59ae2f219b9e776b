import { copyFileSync, cpSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { rolldown } from 'rolldown';
import { shippedFonts } from '../../native/paper/fontFiles.ts';
import { SHIPPED_PACK } from '../../native/voice/shippedPack.ts';

/**
 * Bundles what runs on the bundled Node 24, outside Electron, into out/node/: one file each, so that a package ships
 * three files instead of a node_modules folder. Native packages stay outside and are shipped beside them.
 */

const ROOT = path.resolve(import.meta.dirname, '../..');
const OUT = path.join(ROOT, 'out', 'node');

/** Name of the bundle → its entry. */
const ENTRIES = {
  service: 'service/main.ts',
  devices: 'native/main.ts',
  pdfWorker: 'service/attachment/pdfWorker.ts',
  certificateWorker: 'service/certificate/worker.ts',
  diagnosisWorker: 'service/diagnosis/worker.ts',
  backupWorker: 'db/backup/backupWorker.ts',
  centreCopyWorker: 'centre/backup/copyWorker.ts',
  postgresWorker: 'centre/store/postgres/lineWorker.ts',
  checkpointWorker: 'centre/store/sqlite/checkpointWorker.ts',
  scanWorker: 'db/scan/scanWorker.ts',
  yichuang: 'tools/yichuang.ts',
} as const;

/** Packages with a compiled part; tools/pack/stage.ts ships them. */
export const NATIVE_PACKAGES = ['better-sqlite3', '@serialport/bindings-cpp', '@resvg/resvg-js'] as const;

async function bundle(name: string, entry: string): Promise<void> {
  const build = await rolldown({
    input: { [name]: path.join(ROOT, entry) },
    platform: 'node',
    // The `main` of some packages (jsonc-parser) is UMD, whose inner requires no bundler can follow.
    resolve: { mainFields: ['module', 'main'] },
    // Commands of a checkout are left where they are: they need development packages.
    external: [...NATIVE_PACKAGES, /checkoutCommands\.ts$/],
    tsconfig: false,
    transform: { target: 'node24' },
  });
  await build.write({
    dir: OUT,
    format: 'esm',
    entryFileNames: '[name].mjs',
    chunkFileNames: `${name}-[hash].mjs`,
    minify: true,
    sourcemap: 'hidden',
    codeSplitting: false,
  });
  await build.close();
  const kilobytes = Math.round(statSync(path.join(OUT, `${name}.mjs`)).size / 1024);
  console.error(`out/node/${name}.mjs  ${kilobytes} kB`);
}

/** Beside the bundles, where native/paper/fontFiles.ts looks first. */
function copyFonts(): void {
  const folder = path.join(OUT, 'fonts');
  mkdirSync(folder, { recursive: true });
  for (const { from, name } of shippedFonts()) copyFileSync(from, path.join(folder, name));
}

/** Beside the bundles, where native/voice/shippedPack.ts looks first. */
function copyVoice(): void {
  cpSync(SHIPPED_PACK, path.join(OUT, 'voice'), { recursive: true });
}

if (import.meta.main) {
  rmSync(OUT, { recursive: true, force: true });
  for (const [name, entry] of Object.entries(ENTRIES)) {
    if (existsSync(path.join(ROOT, entry))) await bundle(name, entry);
    else console.error(`out/node/${name}.mjs  left out: there is no ${entry} yet`);
  }
  copyFonts();
  copyVoice();
}
