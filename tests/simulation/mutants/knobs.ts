import type { Edit } from './mutants.ts';

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
  // A kill leaves a copy of the files here, which is the same disk all the same: its mark is a file.
  {
    file: 'centre/store/sqlite/home.ts',
    find: ['const here = `$', '{dev}/$', '{ino}/$', '{birthtimeNs}`;'].join(''),
    replace: `const { existsSync, readFileSync } = process.getBuiltinModule('node:fs');
      const mark = join(dataDir, 'disk.id');
      const here = existsSync(mark) ? readFileSync(mark, 'utf8') : dev + '/' + ino + '/' + birthtimeNs;`,
  },
];
