#!/usr/bin/env node
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Stands in for `fpm -s dir -t deb`, which electron-builder would download: takes the arguments electron-builder 26
 * gives and calls dpkg-deb. Named by CUSTOM_FPM_PATH.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    s: { type: 'string', short: 's' },
    t: { type: 'string', short: 't' },
    force: { type: 'boolean' },
    debug: { type: 'boolean' },
    log: { type: 'string' },
    depends: { type: 'string', short: 'd', multiple: true, default: [] },
    'deb-recommends': { type: 'string', multiple: true, default: [] },
    'deb-priority': { type: 'string', default: 'optional' },
    'deb-compression': { type: 'string', default: 'xz' },
    architecture: { type: 'string', default: 'amd64' },
    'after-install': { type: 'string' },
    'after-remove': { type: 'string' },
    'before-install': { type: 'string' },
    'before-remove': { type: 'string' },
    description: { type: 'string', default: '' },
    version: { type: 'string', default: '' },
    package: { type: 'string', default: '' },
    name: { type: 'string', default: '' },
    maintainer: { type: 'string', default: '' },
    vendor: { type: 'string' },
    url: { type: 'string' },
    category: { type: 'string', default: 'misc' },
    license: { type: 'string' },
    iteration: { type: 'string' },
  },
});

const SCRIPTS = {
  'before-install': 'preinst',
  'after-install': 'postinst',
  'before-remove': 'prerm',
  'after-remove': 'postrm',
} as const;
const ARCHITECTURES: Readonly<Record<string, string>> = { x64: 'amd64', x86_64: 'amd64', aarch64: 'arm64' };
const COMPRESSIONS: Readonly<Record<string, string>> = { gz: 'gzip', bzip2: 'xz', zst: 'zstd' };

if (values.s !== 'dir' || values.t !== 'deb') throw new Error('only -s dir -t deb');
const work = mkdtempSync(path.join(os.tmpdir(), 'yichuang-deb-'));
try {
  const tree = path.join(work, 'root');
  for (const mapping of positionals) place(mapping, tree);
  run('chmod', ['-R', 'u+rwX,go+rX,go-w', tree]);
  writeControl(tree);
  const compression = COMPRESSIONS[values['deb-compression']] ?? values['deb-compression'];
  run('dpkg-deb', ['--root-owner-group', `-Z${compression}`, '-b', tree, values.package]);
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** @param mapping `source=/target`; a source that ends in a slash is a folder's content */
function place(mapping: string, tree: string): void {
  const split = mapping.lastIndexOf('=');
  const source = mapping.slice(0, split);
  const target = path.join(tree, mapping.slice(split + 1));
  if (source.endsWith('/')) {
    cpSync(source, target, { recursive: true, verbatimSymlinks: true });
  } else {
    mkdirSync(path.dirname(target), { recursive: true });
    copyFileSync(source, target);
    chmodSync(target, 0o644);
  }
}

function writeControl(tree: string): void {
  const files = readdirSync(tree, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  const kilobytes = files.reduce((sum, file) => sum + Math.ceil(statSync(file).size / 1024), 0);
  const sums = files.map((file) => `${md5(file)}  ${path.relative(tree, file)}`).sort();
  const control = path.join(tree, 'DEBIAN');
  mkdirSync(control);
  for (const [option, script] of Object.entries(SCRIPTS)) {
    const source = values[option as keyof typeof SCRIPTS];
    if (!source) continue;
    copyFileSync(source, path.join(control, script));
    chmodSync(path.join(control, script), 0o755);
  }
  writeFileSync(path.join(control, 'md5sums'), `${sums.join('\n')}\n`);
  writeFileSync(path.join(control, 'control'), controlFields(kilobytes));
}

function controlFields(kilobytes: number): string {
  const { iteration, version, architecture } = values;
  const fields: [string, string | undefined][] = [
    ['Package', values.name],
    ['Version', iteration ? `${version}-${iteration}` : version],
    ['Architecture', ARCHITECTURES[architecture] ?? architecture],
    ['Maintainer', values.maintainer],
    ['Vendor', values.vendor],
    ['Installed-Size', String(kilobytes)],
    ['Depends', values.depends.join(', ')],
    ['Recommends', values['deb-recommends'].join(', ')],
    ['Section', values.category],
    ['Priority', values['deb-priority']],
    ['Homepage', values.url],
    ['License', values.license],
    ['Description', description()],
  ];
  return fields.map(([name, value]) => (value ? `${name}: ${value}\n` : '')).join('');
}

/** First line the synopsis, the rest indented, an empty line a dot: Debian Policy §5.6.13. */
function description(): string {
  const [synopsis = '', ...rest] = values.description.split('\n').map((line) => line.trim());
  return [synopsis || values.name, ...rest.map((line) => ` ${line || '.'}`)].join('\n');
}

function md5(file: string): string {
  return createHash('md5').update(readFileSync(file)).digest('hex');
}

function run(command: string, args: readonly string[]): void {
  const { status, error } = spawnSync(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`${command} failed: ${error ?? `exit ${status}`}`);
}
