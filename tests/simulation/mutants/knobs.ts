import type { Edit } from './mutant.ts';

/** The program with small numbers, so that what happens once a year happens in every run, and on disks that are copies. */
export const KNOBS: readonly Edit[] = [
  // A block of ticket numbers is used up within seconds.
  { file: 'domain/queue/leases.ts', find: 'const BLOCK = 500;', replace: 'const BLOCK = 5;' },
  {
    file: 'db/home.ts',
    find: ['  return `$', '{ino}/$', '{birthtimeNs === 0n'].join(''),
    replace: [
      `const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
  const mark = file.replace(/yichuang\\.db$/, 'disk.id');
  if (existsSync(mark)) return readFileSync(mark, 'utf8') + '/1';`,
      '  return `$',
      '{ino}/$',
      '{birthtimeNs === 0n',
    ].join(''),
  },
  // Programs of different age: what the one that runs cannot read (world/programAges.ts).
  {
    file: 'contract/ops.ts',
    find: "import { z } from 'zod';",
    replace: "import { z } from 'zod';\nimport { canRead } from '../tests/simulation/engine/reading.ts';",
  },
  {
    file: 'contract/ops.ts',
    find: '  if (!Object.hasOwn(opBodies, envelope.kind))',
    replace:
      "  if (!canRead(envelope)) return { ok: false, reason: 'newer-body' };\n  if (!Object.hasOwn(opBodies, envelope.kind))",
  },
  // What waits goes in several pushes, each read while the one before it is under way.
  { file: 'sync/pusher.ts', find: 'rows = PUSH_MAX_OPS', replace: 'rows = 2' },
  // So that deaths find something held.
  { file: 'centre/intake/intake.ts', find: 'idle: 100, longest: 2_000', replace: 'idle: 1_500, longest: 4_000' },
  // A scan of some kilobytes is several pieces of a sealed file, and several of an upload.
  { file: 'blob/cipher.ts', find: 'PIECE_BYTES = 64 * 1024;', replace: 'PIECE_BYTES = 2048;' },
  {
    file: 'sync/imageSender.ts',
    find: 'const PACE = { first: 64 * 1024, min: 16 * 1024, max: 256 * 1024,',
    replace: 'const PACE = { first: 2048, min: 1024, max: 4096,',
  },
  { file: 'sync/imageSender.ts', find: 'const SILENCE_MS = 60_000;', replace: 'const SILENCE_MS = 8_000;' },
  { file: 'sync/imageSender.ts', find: 'const LOOK_AGAIN_MS = 15_000;', replace: 'const LOOK_AGAIN_MS = 3_000;' },
  // The disk is looked at within a run, and after every fault of it.
  { file: 'disk/spaceWatch.ts', find: 'const LOOK_EVERY_MS = 15_000;', replace: 'const LOOK_EVERY_MS = 5_000;' },
  { file: 'disk/spaceWatch.ts', find: 'const FIRST_AFTER_MS = 60_000;', replace: 'const FIRST_AFTER_MS = 500;' },
  // A kill leaves a copy of the files here, which is the same disk all the same: its mark is a file.
  {
    file: 'centre/store/sqlite/home.ts',
    find: ['const here = `$', '{dev}/$', '{ino}/$', '{birthtimeNs}`;'].join(''),
    replace: `const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
      const mark = join(dataDir, 'disk.id');
      const here = existsSync(mark) ? readFileSync(mark, 'utf8') : dev + '/' + ino + '/' + birthtimeNs;`,
  },
];
