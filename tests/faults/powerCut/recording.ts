import { execFileSync } from 'node:child_process';
import { readFileSync, realpathSync } from 'node:fs';
import path from 'node:path';

/** What recorder.c wrote down of one program, in the order in which it happened. */

/** In the order of recorder.c. */
const KINDS = [
  'created',
  'truncated',
  'written',
  'synced',
  'renamed',
  'unlinked',
  'made-folder',
  'removed-folder',
  'linked',
  'said',
] as const;

export interface Deed {
  kind: (typeof KINDS)[number];
  /** Of a file; of what was said the number of the socket. */
  inode: number;
  /** Where it was written, or the length to which it was cut. */
  offset: number;
  /** Below the recorded folder, from the root on. */
  path: string;
  /** What was written or said, or the other name. */
  data: Buffer;
}

const HEADER_BYTES = 32;

/** @param dir holds the library afterwards. @returns environment under which a program is recorded */
export function prepareRecorder(dir: string, recorded: string, log: string): Record<string, string> {
  const library = path.join(dir, 'recorder.so');
  const source = path.join(import.meta.dirname, 'recorder.c');
  const warnings = ['-Wall', '-Werror', '-D_FORTIFY_SOURCE=0'];
  execFileSync('gcc', ['-O2', ...warnings, '-shared', '-fPIC', source, '-o', library, '-ldl', '-lpthread']);
  return { LD_PRELOAD: library, RECORDER_DIR: realpathSync(recorded), RECORDER_LOG: log };
}

/** @throws Error when something was done that the model of a disk does not know */
export function readRecording(log: string): Deed[] {
  const bytes = readFileSync(log);
  const deeds: Deed[] = [];
  for (let at = 0; at < bytes.length; ) {
    const pathLength = bytes.readUInt32LE(at + 4);
    const dataLength = Number(bytes.readBigUInt64LE(at + 24));
    const dataAt = at + HEADER_BYTES + pathLength;
    const name = bytes.toString('utf8', at + HEADER_BYTES, dataAt);
    const kind = KINDS[bytes.readUInt32LE(at) - 1];
    if (kind === undefined) throw new Error(`not in the model: ${name}`);
    deeds.push({
      kind,
      inode: Number(bytes.readBigUInt64LE(at + 8)),
      offset: Number(bytes.readBigUInt64LE(at + 16)),
      path: name,
      data: bytes.subarray(dataAt, dataAt + dataLength),
    });
    at = dataAt + dataLength;
  }
  return deeds;
}
