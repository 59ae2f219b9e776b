import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { closeSync, existsSync, fdatasync, fdatasyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import path from 'node:path';
import { crc32 } from 'node:zlib';

/**
 * What a database file last had, remembered in a second place (ADR 0041). A damaged frame in a write-ahead log looks to
 * SQLite like the end of it: it opens without a word and everything after is gone. So whoever commits says afterwards
 * how far the file is, and whoever opens it compares.
 *
 * Two slots of one sector, written in turns: a torn write leaves the other one.
 */
export interface Testimony {
  /** Whose file it is. */
  of: string;
  /** The last record, in the words of the store that keeps it. */
  head: string;
  /** Salt of the write-ahead log and its last valid frame; null: everything is in the main file. */
  wal: { salt: string; frames: number } | null;
}

export type Read = { state: 'absent' | 'unreadable' | 'other-key' } | { state: 'good'; said: Testimony };

export const WITNESS_FILE = 'commits-seen';

const SLOT_BYTES = 512;
const MAGIC = Buffer.from('YCW1', 'latin1');
const COUNTER_AT = MAGIC.length;
const LENGTH_AT = COUNTER_AT + 8;
const TEXT_AT = LENGTH_AT + 2;
const MAC_BYTES = 16;
const TAIL_BYTES = MAC_BYTES + 4;
/** The file is forced to the disk at most so often: a crash of the program needs none of it, a power cut this. */
const SYNC_EVERY_MS = 1000;

/** Keeps the testimony of one database file. One process at a time, the one that writes the database. */
export class Witness {
  /** Null: closed. */
  #fd: number | null;
  readonly #key: Buffer;
  #counter: bigint;
  #syncedAt = Number.NEGATIVE_INFINITY;
  #isSyncing = false;

  private constructor(fd: number, key: Buffer, counter: bigint) {
    this.#fd = fd;
    this.#key = key;
    this.#counter = counter;
  }

  /** @throws NodeJS.ErrnoException */
  static open(dir: string, keyHex: string): Witness {
    const file = path.join(dir, WITNESS_FILE);
    const key = deriveKey(keyHex);
    const counter = readSlots(file, key)?.counter ?? 0n;
    const isNew = !existsSync(file);
    const fd = openSync(file, isNew ? 'w+' : 'r+', 0o600);
    // Its room is taken now: on a full disk it can still be written.
    if (isNew) writeSync(fd, Buffer.alloc(2 * SLOT_BYTES), 0, 2 * SLOT_BYTES, 0);
    return new Witness(fd, key, counter);
  }

  /** What was said last, by whoever held `keyHex`; changes nothing. */
  static read(dir: string, keyHex: string): Read {
    const file = path.join(dir, WITNESS_FILE);
    if (!existsSync(file)) return { state: 'absent' };
    const best = readSlots(file, deriveKey(keyHex));
    if (best === null) return { state: 'unreadable' };
    return best.said ? { state: 'good', said: best.said } : { state: 'other-key' };
  }

  /**
   * Says how far the file is, after COMMIT.
   * @param now milliseconds of any clock
   * @throws NodeJS.ErrnoException
   */
  say(said: Testimony, now: number): void {
    const fd = this.#write(said);
    if (this.#isSyncing || Math.abs(now - this.#syncedAt) < SYNC_EVERY_MS) return;
    this.#syncedAt = now;
    this.#isSyncing = true;
    fdatasync(fd, () => {
      this.#isSyncing = false;
    });
  }

  /** As `say`, and on the disk when it returns. */
  sayDurably(said: Testimony): void {
    fdatasyncSync(this.#write(said));
  }

  close(): void {
    if (this.#fd !== null) closeSync(this.#fd);
    this.#fd = null;
  }

  #write(said: Testimony): number {
    if (this.#fd === null) throw new Error('the witness is closed');
    this.#counter += 1n;
    const slot = seal(said, this.#counter, this.#key);
    writeSync(this.#fd, slot, 0, SLOT_BYTES, Number(this.#counter % 2n) * SLOT_BYTES);
    return this.#fd;
  }
}

/** Key of its own, so that a witness can tell a damaged database from a wrong key. */
function deriveKey(keyHex: string): Buffer {
  return Buffer.from(hkdfSync('sha256', Buffer.from(keyHex, 'hex'), '', 'yichuang/witness/1', 32));
}

function seal(said: Testimony, counter: bigint, key: Buffer): Buffer {
  const text = Buffer.from(JSON.stringify(said), 'utf8');
  if (TEXT_AT + text.length + TAIL_BYTES > SLOT_BYTES) throw new RangeError('a testimony does not fit its slot');
  const slot = Buffer.alloc(SLOT_BYTES);
  MAGIC.copy(slot);
  slot.writeBigUInt64BE(counter, COUNTER_AT);
  slot.writeUInt16BE(text.length, LENGTH_AT);
  text.copy(slot, TEXT_AT);
  macOf(slot, key).copy(slot, SLOT_BYTES - TAIL_BYTES);
  slot.writeUInt32BE(crc32(slot.subarray(0, SLOT_BYTES - 4)), SLOT_BYTES - 4);
  return slot;
}

function macOf(slot: Buffer, key: Buffer): Buffer {
  const mac = createHmac('sha256', key).update(slot.subarray(0, SLOT_BYTES - TAIL_BYTES));
  return mac.digest().subarray(0, MAC_BYTES);
}

/** The newer whole slot; null when none is whole. `said` is null when it was written with another key. */
function readSlots(file: string, key: Buffer): { counter: bigint; said: Testimony | null } | null {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch {
    return null;
  }
  let best: { counter: bigint; said: Testimony | null } | null = null;
  for (const at of [0, SLOT_BYTES]) {
    const slot = bytes.subarray(at, at + SLOT_BYTES);
    if (slot.length < SLOT_BYTES || !slot.subarray(0, COUNTER_AT).equals(MAGIC)) continue;
    if (slot.readUInt32BE(SLOT_BYTES - 4) !== crc32(slot.subarray(0, SLOT_BYTES - 4))) continue;
    const counter = slot.readBigUInt64BE(COUNTER_AT);
    if (best && best.counter > counter) continue;
    const isOurs = timingSafeEqual(macOf(slot, key), slot.subarray(SLOT_BYTES - TAIL_BYTES, SLOT_BYTES - 4));
    const text = slot.toString('utf8', TEXT_AT, TEXT_AT + slot.readUInt16BE(LENGTH_AT));
    best = { counter, said: isOurs ? (JSON.parse(text) as Testimony) : null };
  }
  return best;
}
