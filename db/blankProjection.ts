import type Database from 'better-sqlite3';
import { dayOf } from '../domain/blanks/balance.ts';
import { isEven } from '../domain/blanks/reduceCount.ts';
import { custodyAt, indexOf, placeOf } from '../domain/blanks/reducePack.ts';
import { formatSerial } from '../domain/blanks/serial.ts';
import type { CountRecord, PackRecord } from '../domain/blanks/types.ts';
import { usesOf } from '../domain/blanks/uses.ts';
import type { CaseRecord } from '../domain/case/types.ts';
import { canonicalJson } from '../domain/ledger/canonical.ts';
import { blobToUuid, uuidToBlob } from './ids.ts';

export const BLANK_TABLES = ['blank_pack', 'blank', 'blank_movement', 'blank_use', 'blank_count'] as const;

/** Packs, counts and the cases' use of blanks ↔ their tables. */
export class BlankProjection {
  readonly #statements: ReturnType<typeof prepare>;

  constructor(db: Database.Database) {
    this.#statements = prepare(db);
  }

  readPack(id: string): PackRecord | null {
    const text = this.#statements.readPack.get(uuidToBlob(id)) as string | undefined;
    return text === undefined ? null : (JSON.parse(text) as PackRecord);
  }

  readCount(id: string): CountRecord | null {
    const text = this.#statements.readCount.get(uuidToBlob(id)) as string | undefined;
    return text === undefined ? null : (JSON.parse(text) as CountRecord);
  }

  /** @param ord where the op that led here stands in the log */
  writePack(pack: PackRecord, ord: number): void {
    const id = uuidToBlob(pack.id);
    const { last } = pack;
    if (pack.version === 1 && !this.#replaceOverlapped(pack)) return;
    this.#statements.writePack.run(id, pack.version, pack.form, canonicalJson(pack));
    const start = indexOf(pack, last.first) ?? 0;
    for (let index = start; index < start + last.count; index += 1) this.#writeBlank(pack, id, index);
    this.#statements.addMovement.run(
      id,
      pack.version,
      ord,
      pack.form,
      last.kind,
      last.first,
      formatSerial(pack.prefix, pack.first + start + last.count - 1),
      last.count,
      last.from,
      last.to,
      dayOf(last),
      last.at,
      last.by,
      last.witness,
      last.reason,
      last.note,
      last.caseId,
      last.certificate,
      last.through ?? null,
    );
  }

  writeCount(count: CountRecord, ord: number): void {
    const { window, day, form } = count.closed;
    const isOpen = count.signed === null && !isEven(count.closed);
    const values = [count.version, window, day, form, ord, isOpen ? 1 : 0, canonicalJson(count)] as const;
    if (count.signed === null) this.#statements.writeCount.run(uuidToBlob(count.id), ...values);
    else this.#statements.signCount.run(count.version, canonicalJson(count), uuidToBlob(count.id));
  }

  /** What a case says of its blanks, as it stands now. */
  writeUses(record: CaseRecord): void {
    const id = uuidToBlob(record.id);
    for (const [index, { serial, certificate, state, spoiled }] of usesOf(record).entries()) {
      const day = spoiled === null ? null : dayOf(spoiled);
      const detail = spoiled === null ? null : canonicalJson(spoiled);
      this.#statements.writeUse.run(id, index, serial, certificate, state, day, detail);
    }
    // A spoiled blank moves to the front: what stood behind may be fewer now.
    this.#statements.cutUses.run(id, usesOf(record).length);
  }

  /**
   * A centre that was put back has lost packs, and receives the same delivery once more: the blanks are there only once,
   * and what was received last counts, whichever comes first. Of the other nothing is left beside the log.
   * @returns false: this pack is the other
   */
  #replaceOverlapped({ prefix, first, count, last }: PackRecord): boolean {
    const { findPacks, removePack, removeBlanks, removeMovements } = this.#statements;
    const range = [formatSerial(prefix, first), formatSerial(prefix, first + count - 1)] as const;
    const packs = findPacks.all(...range) as { pack: Uint8Array; at: string }[];
    if (packs.some(({ at }) => at > last.at)) return false;
    for (const { pack } of packs) for (const remove of [removePack, removeBlanks, removeMovements]) remove.run(pack);
    return true;
  }

  #writeBlank(pack: PackRecord, id: Buffer, index: number): void {
    const custody = custodyAt(pack, index);
    this.#statements.writeBlank.run(
      formatSerial(pack.prefix, pack.first + index),
      id,
      pack.form,
      custody.state,
      placeOf(custody),
      custody.window,
      custody.since,
      custody.caseId === null ? null : uuidToBlob(custody.caseId),
      custody.certificate,
    );
  }
}

function prepare(db: Database.Database) {
  return {
    readPack: db.prepare('SELECT record FROM blank_pack WHERE id = ?').pluck(),
    readCount: db.prepare('SELECT record FROM blank_count WHERE id = ?').pluck(),
    writePack: db.prepare(`
      INSERT INTO blank_pack (id, version, form, record) VALUES (?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, record = excluded.record`),
    findPacks: db.prepare(`
      SELECT DISTINCT blank.pack, received.at FROM blank
      JOIN blank_movement received ON received.pack = blank.pack AND received.version = 1
      WHERE blank.serial BETWEEN ? AND ?`),
    removePack: db.prepare('DELETE FROM blank_pack WHERE id = ?'),
    removeBlanks: db.prepare('DELETE FROM blank WHERE pack = ?'),
    removeMovements: db.prepare('DELETE FROM blank_movement WHERE pack = ?'),
    writeBlank: db.prepare(`
      INSERT INTO blank (serial, pack, form, state, place, drawer, since, case_id, certificate)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (serial) DO UPDATE SET state = excluded.state, place = excluded.place, drawer = excluded.drawer,
        since = excluded.since, case_id = excluded.case_id, certificate = excluded.certificate`),
    addMovement: db.prepare(`
      INSERT INTO blank_movement (pack, version, ord, form, kind, first, last, count, from_place, to_place, day, at,
        moved_by, witness, reason, note, case_id, certificate, through)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`),
    writeUse: db.prepare(`
      INSERT INTO blank_use (case_id, use, serial, certificate, state, spoiled_on, spoiled) VALUES (?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (case_id, use) DO UPDATE SET serial = excluded.serial, certificate = excluded.certificate,
        state = excluded.state, spoiled_on = excluded.spoiled_on, spoiled = excluded.spoiled`),
    cutUses: db.prepare('DELETE FROM blank_use WHERE case_id = ? AND use >= ?'),
    writeCount: db.prepare(`
      INSERT INTO blank_count (id, version, drawer, day, form, ord, open, record) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (id) DO UPDATE SET version = excluded.version, ord = excluded.ord, open = excluded.open,
        record = excluded.record`),
    signCount: db.prepare('UPDATE blank_count SET version = ?, open = 0, record = ? WHERE id = ?'),
  };
}

/** A case id as a row holds it. */
export function caseIdOf(blob: Uint8Array | null): string | null {
  return blob === null ? null : blobToUuid(blob);
}
