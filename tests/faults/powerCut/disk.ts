import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Deed } from './recording.ts';

/**
 * A disk with a cache that a power cut empties, as POSIX promises and no better: what was written to a file is there for
 * certain once that file was synced, a name once its folder was. Of everything later a cut leaves any part: sectors of a
 * write come in any order, names in the order in which they were changed, as on a file system with a journal.
 */

const SECTOR_BYTES = 512;

/** 0 ≤ x < 1, the same row for the same seed. */
export type Random = () => number;

type Change = { at: number; data: Buffer } | { length: number };

class FileNode {
  #durable = Buffer.alloc(0);
  #length = 0;
  #pending: Change[] = [];

  change(change: Change): void {
    this.#pending.push(change);
  }

  sync(): void {
    for (const change of this.#pending) this.#apply(change);
    this.#pending = [];
  }

  /** @param keeps whether the next sector that was not synced, or the next cut of the length, arrived */
  contentAfterCut(keeps: Random | 'all'): Buffer {
    const after = new FileNode();
    after.#durable = Buffer.from(this.#durable.subarray(0, this.#length));
    after.#length = this.#length;
    for (const change of this.#pending) {
      if (keeps === 'all') after.#apply(change);
      else if ('length' in change) keeps() < 0.5 && after.#apply(change);
      else for (const sector of sectorsOf(change)) if (keeps() < 0.5) after.#apply(sector);
    }
    return after.#durable.subarray(0, after.#length);
  }

  contentWithoutPending(): Buffer {
    return this.#durable.subarray(0, this.#length);
  }

  #apply(change: Change): void {
    const end = 'length' in change ? change.length : change.at + change.data.length;
    if (end > this.#durable.length) {
      const larger = Buffer.alloc(Math.max(end, this.#durable.length * 2));
      this.#durable.copy(larger, 0, 0, this.#length);
      this.#durable = larger;
    }
    if ('length' in change) {
      if (end < this.#length) this.#durable.fill(0, end, this.#length);
      this.#length = end;
    } else {
      change.data.copy(this.#durable, change.at);
      this.#length = Math.max(this.#length, end);
    }
  }
}

function sectorsOf({ at, data }: { at: number; data: Buffer }): { at: number; data: Buffer }[] {
  const sectors = [];
  for (let from = 0; from < data.length; ) {
    const to = Math.min(data.length, from + SECTOR_BYTES - ((at + from) % SECTOR_BYTES));
    sectors.push({ at: at + from, data: data.subarray(from, to) });
    from = to;
  }
  return sectors;
}

type Node = FileNode | FolderNode;
/** `moved`: the same object in the entry of the other folder; a name is never lost before the new one is there. */
interface Entry {
  name: string;
  node: Node | null;
  moved?: Entry;
  isKept?: boolean;
}

class FolderNode {
  readonly current = new Map<string, Node>();
  #durable = new Map<string, Node>();
  #pending: Entry[] = [];

  set(entry: Entry): void {
    put(this.current, entry);
    this.#pending.push(entry);
  }

  sync(): void {
    this.#durable = new Map(this.current);
    for (const entry of this.#pending) entry.isKept = true;
    this.#pending = [];
  }

  /** Decides how many of the names that were not synced arrived. */
  decide(part: number): void {
    const kept = Math.round(part * this.#pending.length);
    for (const [index, entry] of this.#pending.entries()) entry.isKept = index < kept;
  }

  namesAfterCut(): Map<string, Node> {
    const names = new Map(this.#durable);
    for (const entry of this.#pending) if (entry.isKept && entry.moved?.isKept !== false) put(names, entry);
    return names;
  }

  *folders(): Generator<FolderNode> {
    yield this;
    const nodes = new Set([...this.#durable.values(), ...this.current.values()]);
    for (const node of nodes) if (node instanceof FolderNode) yield* node.folders();
  }
}

function put(names: Map<string, Node>, { name, node }: Entry): void {
  if (node) names.set(name, node);
  else names.delete(name);
}

/** How a power cut treats what was not synced. */
export type Cut = 'nothing-kept' | 'all-kept' | 'torn';

export class Disk {
  readonly #root = new FolderNode();
  readonly #top: string;
  readonly #files = new Map<number, FileNode>();

  /** @param top the recorded folder, empty when the recording began */
  constructor(top: string) {
    this.#top = top;
  }

  do(deed: Deed): void {
    switch (deed.kind) {
      case 'created': {
        const file = new FileNode();
        this.#files.set(deed.inode, file);
        this.#set(deed.path, file);
        break;
      }
      case 'written':
        this.#file(deed).change({ at: deed.offset, data: deed.data });
        break;
      case 'truncated':
        this.#file(deed).change({ length: deed.offset });
        break;
      case 'synced':
        if (deed.path === '') this.#file(deed).sync();
        else this.#folderAt(deed.path).sync();
        break;
      case 'renamed': {
        const [from, to] = [this.#place(deed.path), this.#place(deed.data.toString())];
        const node = from.folder.current.get(from.name);
        if (!node) throw new Error(`renamed, but not there: ${deed.path}`);
        const added: Entry = { name: to.name, node };
        to.folder.set(added);
        from.folder.set({ name: from.name, node: null, moved: added });
        break;
      }
      case 'linked': {
        const from = this.#place(deed.path);
        this.#set(deed.data.toString(), from.folder.current.get(from.name) ?? null);
        break;
      }
      case 'unlinked':
      case 'removed-folder':
        this.#set(deed.path, null);
        break;
      case 'made-folder':
        this.#set(deed.path, new FolderNode());
        break;
      case 'said':
    }
  }

  /** Writes what a cut at this moment leaves into an empty folder. */
  writeImage(dir: string, cut: Cut, random: Random): void {
    for (const folder of this.#root.folders()) folder.decide(cut === 'torn' ? random() : cut === 'all-kept' ? 1 : 0);
    const write = (folder: FolderNode, at: string): void => {
      for (const [name, node] of folder.namesAfterCut()) {
        const target = path.join(at, name);
        if (node instanceof FolderNode) {
          mkdirSync(target, { mode: 0o700 });
          write(node, target);
        } else {
          const content =
            cut === 'nothing-kept'
              ? node.contentWithoutPending()
              : node.contentAfterCut(cut === 'all-kept' ? 'all' : random);
          writeFileSync(target, content, { mode: 0o600 });
        }
      }
    };
    write(this.#root, dir);
  }

  #file({ inode }: Deed): FileNode {
    const file = this.#files.get(inode);
    if (!file) throw new Error(`written, but never created: inode ${inode}`);
    return file;
  }

  #set(name: string, node: Node | null): void {
    const place = this.#place(name);
    place.folder.set({ name: place.name, node });
  }

  #place(name: string): { folder: FolderNode; name: string } {
    return { folder: this.#folderAt(path.dirname(name)), name: path.basename(name) };
  }

  #folderAt(name: string): FolderNode {
    const parts = path.relative(this.#top, name).split('/').filter(Boolean);
    return parts.reduce<FolderNode>((folder, part) => {
      const node = folder.current.get(part);
      if (!(node instanceof FolderNode)) throw new Error(`no folder ${name}`);
      return node;
    }, this.#root);
  }
}
