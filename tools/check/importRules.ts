import { globSync } from 'node:fs';
import path from 'node:path';
import { type Import, readImports } from './readImports.ts';

interface Room {
  /** Folders whose files may be imported, beside its own. */
  folders: readonly string[];
  /** npm packages; absent: any. */
  packages?: readonly string[];
  /** Node's own modules. */
  node: boolean;
}

/** The only list of what may import what (design: one direction, no circles). */
const ROOMS: Readonly<Record<string, Room>> = {
  domain: { folders: [], packages: [], node: false },
  contract: { folders: ['domain'], packages: ['zod', 'jsonc-parser'], node: false },
  link: {
    folders: ['contract', 'domain', 'signing'],
    packages: ['eventsource-parser', 'undici'],
    node: true,
  },
  blob: { folders: ['disk'], packages: [], node: true },
  disk: { folders: [], packages: [], node: true },
  signing: { folders: [], packages: [], node: true },
  db: { folders: ['contract', 'domain', 'blob', 'disk', 'signing'], node: true },
  native: { folders: ['contract', 'domain', 'link'], node: true },
  sync: { folders: ['contract', 'domain', 'db', 'blob', 'disk', 'link', 'signing'], node: true },
  service: { folders: ['blob', 'disk', 'db', 'native', 'sync', 'contract', 'domain', 'link'], node: true },
  centre: { folders: ['contract', 'domain', 'blob', 'disk', 'link', 'signing'], node: true },
  renderer: { folders: ['contract', 'domain'], node: false },
  electron: { folders: ['contract', 'link'], node: true },
};

/** May import anything. Their own files are imported by nobody else. Tests lie in every folder. */
const FREE = ['tools', 'tests'];
const isFree = (file: string): boolean =>
  !file.includes('/') || FREE.includes(folderOf(file)) || /\.test\.tsx?$/.test(file);

/** Loaded by its own page only: everywhere else the program runs without Electron. */
const ELECTRON_ROOM = 'electron';

const NOT_OURS = ['node_modules', 'out', 'release', 'coverage', '.cache', '.git'];

export type Graph = ReadonlyMap<string, readonly Import[]>;

/** Every source file below the root with its imports. */
export function readGraph(root: string): Graph {
  const files = globSync('**/*.{ts,tsx,mts,mjs}', { cwd: root, exclude: (name) => NOT_OURS.includes(String(name)) })
    .map((file) => file.split(path.sep).join('/'))
    .sort();
  return new Map(files.map((file) => [file, readImports(root, file)]));
}

/** @returns one line per import that a room's rule forbids */
export function findForbidden(graph: Graph): string[] {
  const problems: string[] = [];
  for (const [file, imports] of graph) {
    if (isFree(file)) continue;
    const folder = folderOf(file);
    const room = ROOMS[folder];
    if (!room) {
      problems.push(`${file}: the folder ${folder}/ has no line in the table of tools/check/importRules.ts`);
      continue;
    }
    for (const each of imports) {
      const reason = whyForbidden(folder, room, each) ?? (folder === 'renderer' ? whyNotInPage(graph, each) : null);
      if (reason) problems.push(`${file}: imports ${each.to}, but ${reason}`);
    }
  }
  return problems;
}

function whyForbidden(folder: string, room: Room, { to, kind }: Import): string | null {
  if (kind === 'node') return room.node ? null : `${folder}/ runs without Node`;
  if (kind === 'package') {
    if (to === 'electron' && folder !== ELECTRON_ROOM) return `only ${ELECTRON_ROOM}/ may know Electron`;
    return !room.packages || room.packages.includes(to) ? null : `${folder}/ may not use this package`;
  }
  if (/\.test\.tsx?$/.test(to)) return 'it is a test';
  const target = folderOf(to);
  if (target === folder || room.folders.includes(target)) return null;
  return `${folder}/ may import only ${['itself', ...room.folders].join(', ')}`;
}

/** zod compiles schemas with `new Function`, which the pages' content security policy forbids. */
function whyNotInPage(graph: Graph, start: Import): string | null {
  if (start.kind !== 'file' || start.typeOnly || folderOf(start.to) === 'renderer') return null;
  const seen = new Set<string>();
  const queue = [start.to];
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.add(file);
    for (const next of graph.get(file) ?? []) {
      if (next.typeOnly) continue;
      if (next.kind === 'file') queue.push(next.to);
      else return `${file} loads ${next.to} at run time; a page takes only types from it (import type)`;
    }
  }
  return null;
}

/** @returns one line per circle, types included: two files that need each other are one thought in two places */
export function findCircles(graph: Graph): string[] {
  const circles = new Set<string>();
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (file: string): void => {
    const start = trail.indexOf(file);
    if (start >= 0) {
      circles.add(describeCircle(trail.slice(start)));
      return;
    }
    if (done.has(file)) return;
    trail.push(file);
    for (const each of graph.get(file) ?? []) if (each.kind === 'file' && graph.has(each.to)) visit(each.to);
    trail.pop();
    done.add(file);
  };
  for (const file of graph.keys()) visit(file);
  return [...circles];
}

/** Begins with the first name in order, so that one circle has one description. */
function describeCircle(files: readonly string[]): string {
  const first = files.indexOf([...files].sort()[0] ?? '');
  const ordered = [...files.slice(first), ...files.slice(0, first)];
  return `circle: ${[...ordered, ordered[0]].join(' → ')}`;
}

function folderOf(file: string): string {
  return file.split('/')[0] ?? '';
}
