import { createRequire } from 'node:module';

type Write = (this: unknown, ...args: unknown[]) => unknown;

/**
 * From now on every write of PouchDB's leveldb in this process is on the disk before it is acknowledged, as every commit of
 * ours is. PouchDB has no setting for it, so it is said where leveldb takes it: among the options, before the callback.
 */
export function syncEachWrite(): void {
  const ofPouch = createRequire(createRequire(import.meta.url).resolve('pouchdb'));
  const { prototype } = ofPouch('leveldown') as { prototype: Record<string, Write> };
  for (const name of ['_put', '_del', '_batch']) {
    const write = prototype[name];
    if (!write) throw new Error(`leveldown has no ${name}`);
    prototype[name] = function (...args) {
      const callback = args.pop();
      const options = args.pop() as object;
      return write.call(this, ...args, { ...options, sync: true }, callback);
    };
  }
}
