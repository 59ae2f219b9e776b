import { readMeta, writeMeta } from '../../db/meta.ts';
import { scanInThread } from '../../db/scan/scanInThread.ts';
import { hallMinute } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';
import type { Log } from '../log.ts';

const DAY_MS = 24 * 60 * 60_000;
/** Somebody switches the machine off every evening. */
const OVERDUE_MS = 3 * DAY_MS;
/** A night begins at the configured hour and ends in the morning. */
const MORNING_HOUR = 6;

/** Once in each night everything is read and checked: SQLite notices a damaged page when it meets it, and some are never met. */
export class NightlyScan {
  readonly #dataDir: string;
  readonly #keyHex: string;
  readonly #stop = new AbortController();

  constructor(dataDir: string, keyHex: string) {
    this.#dataDir = dataDir;
    this.#keyHex = keyHex;
  }

  async runWhenDue(context: ServiceContext, log: Log): Promise<void> {
    const { store, config, health, now, demo } = context;
    const at = now();
    const last = Date.parse(readMeta(store.db, 'scanned-at') ?? readMeta(store.db, 'created-at') ?? '');
    // A demonstration may lie for weeks between two starts.
    if (at - last > OVERDUE_MS && !demo) health.raise('scan-overdue');
    else health.clear('scan-overdue');
    const hour = Number(hallMinute(at).slice(11, 13));
    const { scanHour } = config.durability;
    const isTime =
      scanHour < MORNING_HOUR ? hour >= scanHour && hour < MORNING_HOUR : hour >= scanHour || hour < MORNING_HOUR;
    if (!isTime || at - last < DAY_MS / 2) return;
    try {
      const findings = await scanInThread(
        { dir: this.#dataDir, keyHex: this.#keyHex, what: 'everything' },
        this.#stop.signal,
      );
      const [first] = findings;
      noteChecked(context, findings.length, first?.code);
      health.clear('scan-overdue');
      if (first) health.raise('scan-damage', { found: findings.length, error: first.code });
      else health.clear('scan-damage');
      log[first ? 'error' : 'info']({ found: findings.length, findings: findings.slice(0, 100) }, 'nightly-scan');
    } catch (error) {
      if (!this.#stop.signal.aborted) log.error({ name: (error as Error).name }, 'nightly-scan-failed');
    }
  }

  /** The machine is switched off: tomorrow night begins anew. */
  stop(): void {
    this.#stop.abort();
  }
}

/** For whoever audits the machine (审计日志), in the transaction that says when it was. */
function noteChecked(context: ServiceContext, found: number, code: string | undefined): void {
  const { store, config, now, newId } = context;
  store.ledger.transact(() => {
    writeMeta(store.db, 'scanned-at', new Date(now()).toISOString());
    const body = { terminal: config.terminal.id, found, ...(code !== undefined && { code }) };
    store.ledger.append({ kind: 'data.checked', stream: `check:${newId()}`, actor: 'system', body });
  });
  context.committed([]);
}
