import { gunzipSync, gzipSync, type ZlibOptions } from 'node:zlib';

/** In place of `node:zlib` for the program: nothing goes to the thread pool, whose order would not be the seed's. */

export { constants, crc32 } from 'node:zlib';

type Done = (error: Error | null, result?: Buffer) => void;

export function gzip(bytes: Uint8Array, options: ZlibOptions, done: Done): void {
  answer(() => gzipSync(bytes, options), done);
}

export function gunzip(bytes: Uint8Array, options: ZlibOptions, done: Done): void {
  answer(() => gunzipSync(bytes, options), done);
}

function answer(work: () => Buffer, done: Done): void {
  setImmediate(() => {
    let result: Buffer;
    try {
      result = work();
    } catch (error) {
      done(error as Error);
      return;
    }
    done(null, result);
  });
}
