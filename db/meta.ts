import type Database from 'better-sqlite3';

/** Small facts about this data file. */
export type MetaName =
  | 'device'
  | 'epoch'
  | 'hub-token'
  | 'hub-url'
  /** Device id of the hub to which the cursors belong. */
  | 'hub-id'
  /** Of the hub heard last: `device/epoch` of its data. */
  | 'hub-epoch'
  /** The highest fence of a hub ever seen. */
  | 'hub-fence'
  /** SHA-256 of the enrolment code that was spent last. */
  | 'hub-code'
  /** SHA-256 of the code of an enrolment that is under way, and the key made for it: asked again, it is the same. */
  | 'joining-code'
  | 'joining-key'
  /** Private part of the key by which this machine signs what it sends, PKCS #8, base64. */
  | 'device-key'
  | 'created-at'
  | 'staff-confirmed-at'
  | 'numbers-after'
  /** Which file it was when it was opened last (home.ts). */
  | 'home'
  /** Under which epoch this machine stepped aside for a copy of itself (sync/copied.ts). */
  | 'copied-at-epoch'
  /** Epochs with a gap that a salvage left: the centre is asked what it has of them before anything is sent. */
  | 'gaps-to-ask'
  /** When everything was read and checked last, ISO. */
  | 'scanned-at'
  /** Private part of the key that signs pre-review passports, PKCS #8, base64. */
  | 'signer-key';

export function readMeta(db: Database.Database, name: MetaName): string | null {
  const row = db.prepare('SELECT value FROM meta WHERE name = ?').get(name) as { value: string } | undefined;
  return row?.value ?? null;
}

export function writeMeta(db: Database.Database, name: MetaName, value: string): void {
  db.prepare(
    'INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
  ).run(name, value);
}

export function removeMeta(db: Database.Database, name: MetaName): void {
  db.prepare('DELETE FROM meta WHERE name = ?').run(name);
}
