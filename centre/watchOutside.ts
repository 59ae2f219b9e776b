import type { Published } from './ingest.ts';
import type { CentreStore } from './store/types.ts';

/** How often to look whether a command in another process has written, ms. */
const CHECK_MS = 1000;

export interface OutsideWatch {
  store: Pick<CentreStore, 'outsideVersion' | 'scopeHeads'>;
  /** Those somebody listens to. */
  scopes: () => string[];
  onWritten: (heads: readonly Published[]) => void;
  onFailed: () => void;
}

/** Looks for what commands on the same data write beside the running centre. @returns what ends it */
export function watchOutside({ store, scopes, onWritten, onFailed }: OutsideWatch): () => void {
  let seen = store.outsideVersion();
  const look = async (): Promise<void> => {
    const version = store.outsideVersion();
    if (version === seen) return;
    const heads = await store.scopeHeads(scopes());
    seen = version;
    onWritten(heads.filter(({ head }) => head > 0));
  };
  const timer = setInterval(() => {
    look().catch(onFailed);
  }, CHECK_MS);
  return () => clearInterval(timer);
}
