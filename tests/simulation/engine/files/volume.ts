import fs from 'node:fs';
import path from 'node:path';
import type { Random } from '../random.ts';

/** A file, whatever it is called at the moment. */
interface File {
  /** What was flushed of it last. */
  flushed: Buffer;
}

/** A change of a folder; durable once that folder is flushed. */
interface Change {
  /** Relative, as all paths here. */
  folder: string;
  undo: () => void;
}

/** How much of what nobody flushed a power cut leaves. */
type Fate = 'nothing' | 'everything' | 'some';

const SECTOR = 512;

/**
 * What a disk knows of the files beside the databases: their bytes lie on the real one, where a kill leaves them; here it is
 * kept what of it would survive a power cut. Contents are durable by fsync of the file, names by fsync of the folder, as
 * POSIX has it and no more.
 */
export class Volume {
  #root: string;
  /** Files that were written through here, by each of their names. */
  readonly #files = new Map<string, File>();
  /** Of folders, in their order, that were not flushed since. */
  #changes: Change[] = [];
  readonly #open = new Map<number, string>();

  constructor(root: string) {
    this.#root = root;
  }

  /** Where a path lies on this disk; null: elsewhere. */
  nameOf(file: unknown): string | null {
    const name = path.relative(this.#root, String(file));
    return name.startsWith('..') || path.isAbsolute(name) ? null : name;
  }

  /** The files were copied to another real folder: the program that had them open is dead. */
  moveTo(root: string): void {
    for (const fd of this.#open.keys()) fs.closeSync(fd);
    this.#open.clear();
    this.#root = root;
  }

  /** Another disk was put in place: all that lies on it is durable. */
  forget(): void {
    this.#files.clear();
    this.#changes = [];
  }

  open(name: string, flags: string | number, mode?: fs.Mode): number {
    const at = this.#at(name);
    const isWritten = typeof flags === 'string' && flags !== 'r';
    const isThere = fs.existsSync(at);
    if (isWritten && isThere) this.#watch(name);
    const fd = fs.openSync(at, flags, mode);
    if (isWritten && !isThere) {
      this.#files.set(name, { flushed: Buffer.alloc(0) });
      this.#changed(name, () => this.#drop(name));
    }
    this.#open.set(fd, name);
    return fd;
  }

  close(fd: number): void {
    this.#open.delete(fd);
    fs.closeSync(fd);
  }

  /** From here on a power cut takes nothing of the file, or of the names in the folder. */
  flush(fd: number): void {
    const name = this.#open.get(fd);
    if (name === undefined) return;
    const { ino } = fs.fstatSync(fd);
    const there = fs.statSync(this.#at(name), { throwIfNoEntry: false });
    // Has another file, or none, of that name meanwhile.
    if (there?.ino !== ino) return;
    if (there.isDirectory()) this.#changes = this.#changes.filter(({ folder }) => folder !== name);
    else this.#watch(name).flushed = fs.readFileSync(this.#at(name));
  }

  makeFolder(name: string, options: fs.MakeDirectoryOptions): void {
    const missing: string[] = [];
    for (
      let each = name;
      options.recursive && each !== '.' && !fs.existsSync(this.#at(each));
      each = path.dirname(each)
    )
      missing.unshift(each);
    fs.mkdirSync(this.#at(name), options);
    for (const each of options.recursive ? missing : [name])
      this.#changed(each, () => {
        for (const known of [...this.#files.keys()]) if (known.startsWith(`${each}/`)) this.#files.delete(known);
        fs.rmSync(this.#at(each), { recursive: true, force: true });
      });
  }

  rename(from: string, to: string): void {
    const [file, over] = [this.#files.get(from), this.#files.get(to)];
    const before =
      fs.existsSync(this.#at(to)) && fs.statSync(this.#at(to)).isFile() ? fs.readFileSync(this.#at(to)) : null;
    fs.renameSync(this.#at(from), this.#at(to));
    this.#files.delete(from);
    if (file) this.#files.set(to, file);
    else this.#files.delete(to);
    for (const [fd, name] of this.#open) if (name === from) this.#open.set(fd, to);
    this.#changed(to, () => {
      if (!fs.existsSync(this.#at(to)) || this.#files.get(to) !== file) return;
      if (fs.existsSync(this.#at(path.dirname(from)))) {
        fs.renameSync(this.#at(to), this.#at(from));
        if (file) this.#files.set(from, file);
      } else fs.unlinkSync(this.#at(to));
      this.#files.delete(to);
      if (before) this.#putBack(to, over?.flushed ?? before, over);
    });
  }

  link(from: string, to: string): void {
    fs.linkSync(this.#at(from), this.#at(to));
    this.#files.set(to, this.#watch(from));
    this.#changed(to, () => this.#drop(to));
  }

  unlink(name: string): void {
    const file = this.#files.get(name);
    const content = file?.flushed ?? fs.readFileSync(this.#at(name));
    fs.unlinkSync(this.#at(name));
    this.#files.delete(name);
    this.#changed(name, () => {
      if (!fs.existsSync(this.#at(name))) this.#putBack(name, content, file);
    });
  }

  removeFolder(name: string): void {
    const { mode } = fs.statSync(this.#at(name));
    fs.rmdirSync(this.#at(name));
    this.#changed(name, () => {
      if (fs.existsSync(this.#at(path.dirname(name)))) fs.mkdirSync(this.#at(name), { recursive: true, mode });
    });
  }

  /** Only what was flushed is left; of the rest nothing, everything, or something in between. */
  cutPower(random: Random): void {
    const fate = random.pick<Fate>(['nothing', 'nothing', 'some', 'some', 'everything']);
    const count = this.#changes.length;
    const kept = { nothing: 0, everything: count, some: random.int(0, count + 1) }[fate];
    for (const { undo } of this.#changes.slice(kept).reverse()) undo();
    for (const [name, file] of this.#files) {
      const cached = fs.readFileSync(this.#at(name));
      if (cached.equals(file.flushed)) continue;
      const left =
        fate === 'nothing' ? file.flushed : fate === 'everything' ? cached : mix(file.flushed, cached, random);
      fs.writeFileSync(this.#at(name), left);
      file.flushed = left;
    }
    this.#changes = [];
  }

  #at(name: string): string {
    return path.join(this.#root, name);
  }

  /** What is met for the first time has been on the disk for long. */
  #watch(name: string): File {
    const known = this.#files.get(name);
    if (known) return known;
    const file = { flushed: fs.readFileSync(this.#at(name)) };
    this.#files.set(name, file);
    return file;
  }

  #changed(name: string, undo: () => void): void {
    const folder = path.dirname(name);
    this.#changes.push({ folder: folder === '.' ? '' : folder, undo });
  }

  #drop(name: string): void {
    this.#files.delete(name);
    fs.rmSync(this.#at(name), { force: true });
  }

  #putBack(name: string, content: Buffer, file: File | undefined): void {
    if (!fs.existsSync(this.#at(path.dirname(name)))) return;
    fs.writeFileSync(this.#at(name), content, { mode: 0o600 });
    if (file) this.#files.set(name, file);
  }
}

/** Some sectors reached the disk and some did not; the length may be ahead of the bytes. */
function mix(old: Buffer, cached: Buffer, random: Random): Buffer {
  const left = Buffer.alloc(random.int(Math.min(old.length, cached.length), Math.max(old.length, cached.length) + 1));
  for (let at = 0; at < left.length; at += SECTOR) {
    const source = random.chance(0.5) ? cached : old;
    source.subarray(at, at + SECTOR).copy(left, at);
  }
  return left;
}
