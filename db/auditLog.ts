import type Database from 'better-sqlite3';
import { ACT_FIELDS, type ActFields, actDetail } from './actDetail.ts';
import { blobToUuid } from './ids.ts';

export interface AuditRow {
  position: number;
  at: string;
  actor: string;
  device: string;
  kind: string;
  object: string;
  detail: string;
  result: 'done' | 'refused' | 'set-aside';
}

interface Row extends ActFields {
  ord: number;
  at: string;
  actor: string;
  device: Uint8Array;
  kind: string;
  stream_kind: string;
  stream_id: Uint8Array;
  applied: number;
}

/** The op log as an auditor reads it: who, when, what kind of act on which object. Bodies stay where they are. */
export class AuditLog {
  readonly #page: Database.Statement;

  constructor(db: Database.Database) {
    this.#page = db.prepare(`
      SELECT ord, at, actor, device, kind, stream_kind, stream_id, applied, ${ACT_FIELDS}
      FROM op
      WHERE ord < @before AND (@actor IS NULL OR actor = @actor) AND (@about IS NULL OR stream_kind = @about)
        AND (@refused = 0 OR kind = 'attempt.refused' OR applied = 0)
      ORDER BY ord DESC LIMIT @limit`);
  }

  /** @param options.before positions below this; newest first */
  list(options: {
    before: number;
    actor: string | null;
    /** Kind of the stream. */
    about: string | null;
    refused: boolean;
    limit: number;
  }): AuditRow[] {
    const rows = this.#page.all({ ...options, refused: options.refused ? 1 : 0 }) as Row[];
    return rows.map((row) => ({
      position: row.ord,
      at: row.at,
      actor: row.actor,
      device: blobToUuid(row.device),
      kind: row.kind,
      object: `${row.stream_kind}:${blobToUuid(row.stream_id)}`,
      detail: actDetail(row),
      result: row.kind === 'attempt.refused' ? 'refused' : row.applied === 0 ? 'set-aside' : 'done',
    }));
  }
}
