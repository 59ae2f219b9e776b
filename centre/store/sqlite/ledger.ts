import { chainName, type Recent, StoreMemory } from '../memory.ts';
import type { SqlDatabase } from '../sqlDatabase.ts';
import type { Decision, KnownLedger } from '../types.ts';
import { prepareHallLookups } from './hall.ts';
import { type Circumstances, prepareLookups } from './ledgerLookups.ts';
import { prepareWrite } from './ledgerWrite.ts';
import { RELAY_SQL } from './relaySql.ts';
import { SQL } from './sql.ts';

/** The ledger's lookups and its one write, on statements prepared once. */
export interface SqliteLedger {
  /** Only inside a write transaction. */
  known: KnownLedger;
  /** The same about chains, at any time. */
  chains: Pick<KnownLedger, 'findHead' | 'newestEpoch' | 'findOp' | 'baseOf'>;
  /** To be called under the write lock before anything is asked. */
  refresh(): void;
  write(decision: Decision): void;
  /** To be called after COMMIT. */
  apply(decision: Decision): void;
}

export function prepareLedger(db: SqlDatabase, memory = new StoreMemory(db)): SqliteLedger {
  const hall = prepareHallLookups(db);
  const hasParked = db.prepare(SQL.hasParked);
  const upstream = db.prepare(RELAY_SQL.upstream);
  const circumstances: Circumstances = { hasParked: true, isRelay: true };
  const stored = prepareLookups(db, hall.known, circumstances);
  return {
    known: { ...stored, ...remembered(db, stored, memory) },
    chains: stored,
    refresh() {
      hall.refresh(memory.refresh());
      circumstances.hasParked = hasParked.get() !== undefined;
      circumstances.isRelay = upstream.get() !== undefined;
    },
    write: prepareWrite(db, circumstances, memory),
    apply({ entities, heads, scopes }) {
      hall.apply(entities);
      for (const { device, epoch, head } of heads) {
        memory.heads.set(chainName(device, epoch), head);
        const newest = memory.newestEpochs.get(device);
        if (newest !== undefined && newest < epoch) memory.newestEpochs.set(device, epoch);
      }
      for (const { scope, head } of scopes) {
        const known = memory.scopes.get(scope);
        if (known) known.head = head;
      }
      for (const { stream, held } of entities) if (held.entity.type === 'case') memory.halls.set(stream, held.hall);
    },
  };
}

/** What is asked with every push, from memory where it is there. */
function remembered(
  db: SqlDatabase,
  stored: KnownLedger,
  memory: StoreMemory,
): Pick<KnownLedger, 'findHead' | 'newestEpoch' | 'scopeHead' | 'hallOf'> {
  const findScope = db.prepare<[string], { id: number; head: number }>(SQL.scopeHead);
  return {
    findHead: (device, epoch) => through(memory.heads, chainName(device, epoch), () => stored.findHead(device, epoch)),
    newestEpoch: (device) => through(memory.newestEpochs, device, () => stored.newestEpoch(device) || null) ?? 0,
    scopeHead: (scope) => through(memory.scopes, scope, () => findScope.get(scope) ?? null)?.head ?? 0,
    hallOf: (stream) => through(memory.halls, stream, () => stored.hallOf(stream)),
  };
}

/** What is not there yet may come: only what is there is remembered. */
function through<V>(recent: Recent<V>, name: string, ask: () => V | null): V | null {
  const known = recent.get(name);
  if (known !== undefined) return known;
  const found = ask();
  if (found !== null) recent.set(name, found);
  return found;
}
