import type { Mutant } from './mutant.ts';

/** Bugs with what lies beside the database, and travels apart from the records. */
export const IMAGE_MUTANTS: readonly Mutant[] = [
  {
    name: 'blob-acked-before-fsync',
    says: 'an image counts as stored before its bytes are on the disk',
    seenAt: 18,
    edits: [{ file: 'blob/writer.ts', find: 'await this.#file.sync();', replace: '' }],
  },
  {
    name: 'rename-without-folder-fsync',
    says: 'an image counts as stored before its name is on the disk',
    seenAt: 2,
    edits: [{ file: 'blob/writer.ts', find: 'await syncFolder(folder);', replace: '' }],
  },
  {
    name: 'journal-name-not-flushed',
    says: 'the journal says that it has an op whose file’s name is not on the medium',
    seenAt: 23,
    edits: [{ file: 'disk/sealedLog.ts', find: 'await syncFolder(dirname(path));', replace: '' }],
  },
  {
    name: 'images-before-records',
    says: 'a scanned page does not let a record pass',
    seenAt: 16,
    edits: [
      {
        file: 'sync/imageSender.ts',
        find: 'if (store.delivery.counts().waitingOps === 0) return leave;',
        replace: 'return leave;',
      },
    ],
  },
  {
    name: 'image-hash-not-compared',
    says: 'an image that was damaged on the way is stored under the name of what was scanned',
    from: 101,
    seenAt: 128,
    edits: [
      {
        file: 'blob/writer.ts',
        find: 'if (this.#bytes === 0 || sha256 !== expected) throw new HashDiffersError();',
        replace: '',
      },
      {
        file: 'blob/writer.ts',
        find: "const sha256 = digest.toString('hex');",
        replace: 'const sha256 = expected;',
      },
    ],
  },
];
