import type Database from 'better-sqlite3';
import { YichuangError } from '../contract/errors.ts';
import type { Calibration } from '../domain/form/calibration.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';

/** What a calibration is for: another printer, form or paper path has its own. */
export interface CalibrationPlace {
  printer: string;
  form: string;
  path: string;
}

export interface StoredCalibration extends Calibration {
  how: 'measured' | 'adjusted' | 'restored';
  /** Id of what was in force before; null: nothing. */
  replaced: string | null;
  at: string;
  by: string;
}

interface Row {
  id: Uint8Array;
  dx: number;
  dy: number;
  scale_x: number;
  scale_y: number;
  how: StoredCalibration['how'];
  replaced: Uint8Array | null;
  at: string;
  actor: string;
}

/** Where this machine's printer puts what it is told, with everything that was ever in force; never synced. */
export class Calibrations {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** @returns null before the first measuring */
  inForce(place: CalibrationPlace): StoredCalibration | null {
    return this.#newest(place, 1)[0] ?? null;
  }

  /** Newest first: the first one is in force. */
  history(place: CalibrationPlace): StoredCalibration[] {
    return this.#newest(place, -1);
  }

  /**
   * Puts a calibration in force; what was in force stays in the history.
   * @param base id of what it was made from; null: of nothing
   * @throws YichuangError `calibration-changed` when something else is in force by now
   */
  add(
    { printer, form, path }: CalibrationPlace,
    calibration: Omit<StoredCalibration, 'replaced'>,
    base: string | null,
  ): StoredCalibration {
    const { id, dx, dy, scaleX, scaleY, how, at, by } = calibration;
    this.#db.transaction(() => {
      const before = this.inForce({ printer, form, path })?.id ?? null;
      if (before !== base) throw new YichuangError('calibration-changed');
      this.#db
        .prepare(`
          INSERT INTO calibration (id, printer, form, path, dx, dy, scale_x, scale_y, how, replaced, at, actor)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`)
        .run(
          ...[uuidToBlob(id), printer, form, path, dx, dy, scaleX, scaleY, how],
          ...[base === null ? null : uuidToBlob(base), at, by],
        );
    })();
    return { ...calibration, replaced: base };
  }

  #newest({ printer, form, path }: CalibrationPlace, limit: number): StoredCalibration[] {
    const rows = this.#db
      .prepare('SELECT * FROM calibration WHERE printer = ? AND form = ? AND path = ? ORDER BY ord DESC LIMIT ?')
      .all(printer, form, path, limit) as Row[];
    return rows.map(({ id, dx, dy, scale_x, scale_y, how, replaced, at, actor }) => ({
      ...{ id: blobToUuid(id), dx, dy, scaleX: scale_x, scaleY: scale_y, how },
      ...{ replaced: replaced && blobToUuid(replaced), at, by: actor },
    }));
  }
}
