import { createHash } from 'node:crypto';
import { YichuangError } from '../../../contract/errors.ts';
import { jpegWith } from '../../fixtures/attachments.ts';
import { Killed } from '../engine/disk.ts';
import { Random } from '../engine/random.ts';
import { runIn } from '../engine/scope.ts';
import { v7 } from '../engine/uuid.ts';
import type { Running, Terminal } from './terminal.ts';
import type { World } from './world.ts';

/** Of one scan, bytes; several pieces of a sealed file and of an upload (mutants/knobs.ts). */
const SMALLEST = 600;
const LARGEST = 9000;
/** A paper that somebody scanned before, here or at another window. */
const AGAIN = 0.15;

/** People who scan pages at one window, look at those of others, and take away what was scanned by mistake. */
export class Scanner {
  isAtWork = true;
  readonly #world: World;
  readonly #terminal: Terminal;
  readonly #random: Random;

  constructor(world: World, terminal: Terminal, seed: number) {
    this.#world = world;
    this.#terminal = terminal;
    this.#random = new Random(seed, `scanner ${terminal.name}`);
    this.#again();
  }

  #again(): void {
    this.#world.later(this.#random.int(500, 4000), () => {
      if (!this.isAtWork) return;
      const { life, running } = this.#terminal;
      const work = this.#choose();
      if (life && !life.isOver && running?.images) {
        runIn(life, async () => {
          try {
            await work(running);
          } catch (error) {
            if (!this.#isAnswer(error)) this.#world.fail(`${this.#terminal.name}: ${(error as Error).stack}`);
          }
        }).catch(() => {});
      }
      this.#again();
    });
  }

  #choose(): (running: Running) => Promise<void> {
    const dice = this.#random.next();
    if (dice < 0.65) return (running) => this.#scan(running);
    if (dice < 0.94) return (running) => this.#open(running);
    return (running) => this.#remove(running);
  }

  async #scan({ store, images }: Running): Promise<void> {
    const caseId = this.#pick(store, 'SELECT lower(hex(id)) FROM case_file ORDER BY ref DESC LIMIT 8');
    if (caseId === null) return;
    const { scans } = this.#world.promises;
    const isAgain = scans.contents.length > 0 && this.#random.chance(AGAIN);
    const content = isAgain ? this.#random.pick(scans.contents) : this.#paper();
    scans.contents.push(content);
    const sha256 = createHash('sha256').update(content).digest('hex');
    const page = { scanId: v7(), caseId, hold: this.#random.chance(0.2), content, sha256 };
    scans.attempted.add(sha256);
    await images?.scan(page);
    if (page.hold) await images?.attachHeld(caseId);
    scans.kept.set(page.scanId, { sha256, by: this.#terminal.name });
    this.#world.trace.count(isAgain ? 'page scanned again' : 'page scanned');
    this.#world.trace.note(`${this.#terminal.name}: page ${sha256.slice(0, 8)} of ${content.length} bytes`);
  }

  /** What is shown is what was scanned, or the reason why it cannot be shown. */
  async #open({ store, images }: Running): Promise<void> {
    const scanId = this.#pick(store, "SELECT lower(hex(id)) FROM scan WHERE removed = '' ORDER BY id DESC LIMIT 12");
    const blob = scanId && store.scans.find(scanId)?.record.blob;
    if (!scanId || !blob || !images) return;
    const isHere = store.blobs.has(blob.sha256);
    const shown = createHash('sha256')
      .update(await images.open(scanId))
      .digest('hex');
    if (shown !== blob.sha256) this.#world.fail(`${this.#terminal.name} shows ${shown} for page ${blob.sha256}`);
    this.#world.trace.count(isHere ? 'page opened' : 'image brought from the centre');
  }

  async #remove({ store, images }: Running): Promise<void> {
    const scanId = this.#pick(store, "SELECT lower(hex(id)) FROM scan WHERE removed = '' ORDER BY id DESC LIMIT 12");
    if (scanId) await images?.remove(scanId);
  }

  /** A refusal or a disk that fails is an answer to a person; that an image is damaged is none, but on an old copy of its disk. */
  #isAnswer(error: unknown): boolean {
    if (error instanceof YichuangError)
      return error.code !== 'attachment-damaged' || this.#world.promises.putBack.has(this.#terminal.name);
    const { code } = error as { code?: unknown };
    return error instanceof Killed || /^(SQLITE_(FULL|IOERR).*|ENOSPC|EIO)$/.test(String(code));
  }

  #paper(): Buffer {
    return jpegWith(this.#random.bytes(this.#random.int(SMALLEST, LARGEST)));
  }

  #pick({ db }: Running['store'], sql: string): string | null {
    const found = db.prepare(sql).pluck().all() as string[];
    if (found.length === 0) return null;
    const hex = this.#random.pick(found);
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
  }
}
