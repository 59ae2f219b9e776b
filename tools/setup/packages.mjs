// @ts-check
import { createHash } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run } from './command.mjs';
import { bundledNode } from './nodeRuntime.mjs';
import { longStep } from './progress.mjs';

/** Lies inside node_modules, which `npm ci` empties first: an interrupted installation leaves no stamp. */
const STAMP = path.join('node_modules', '.yichuang-install');

/**
 * What the stamp must say for the installed packages to be those of the lock file, on this machine.
 * @param {string} lockText
 * @param {{ platform: string, arch: string }} machine
 */
export function stampOf(lockText, machine) {
  return `${createHash('sha256').update(lockText).digest('hex')} ${machine.platform}-${machine.arch}\n`;
}

/**
 * True when npm's own record of what it installed (`node_modules/.package-lock.json`) has every package of the lock
 * file in the same version; packages for other systems may be absent. So an `npm ci` typed by hand is not repeated.
 * @param {string} lockText
 * @param {string} recordText
 */
export function isSameInstall(lockText, recordText) {
  /** @type {Record<string, { version?: string, integrity?: string, optional?: boolean }>} */
  const locked = JSON.parse(lockText).packages ?? {};
  /** @type {typeof locked} */
  const installed = JSON.parse(recordText).packages ?? {};
  return Object.entries(locked).every(([folder, wanted]) => {
    if (folder === '') return true;
    const present = installed[folder];
    if (!present) return wanted.optional === true;
    return present.version === wanted.version && present.integrity === wanted.integrity;
  });
}

/**
 * @param {string} root
 * @returns {string | null} why packages must be installed, or null when they are there
 */
export function whyInstall(root, machine = process) {
  const lockText = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  if (!existsSync(path.join(root, 'node_modules'))) return 'nothing is installed yet';
  const stamp = readOrNull(path.join(root, STAMP));
  if (stamp === stampOf(lockText, machine)) return null;
  const record = readOrNull(path.join(root, 'node_modules', '.package-lock.json'));
  if (record !== null && existsSync(bundledNode(root, machine)) && isSameInstall(lockText, record)) {
    writeFileSync(path.join(root, STAMP), stampOf(lockText, machine));
    return null;
  }
  return stamp === null ? 'the last installation was not finished' : 'the list of packages changed';
}

/**
 * `npm ci` when needed. Works without a network when everything is there already.
 * @param {string} root
 */
export async function ensurePackages(root) {
  const why = whyInstall(root);
  if (why === null) return;
  if (process.platform === 'win32' && process.execPath.startsWith(path.join(root, 'node_modules'))) {
    // Windows cannot replace the node.exe that is running this.
    throw new Error(`Packages must be installed (${why}). Type: npm ci   and then this command again.`);
  }
  const { command, args } = npmCommand(process.env, process.execPath);
  const cache = writableHome() ? [] : ['--cache', path.join(root, '.cache', 'npm')];
  await longStep({ what: 'Installing npm packages', why, usually: 'half a minute' }, () =>
    run(command, [...args, 'ci', '--loglevel=error', '--no-audit', '--no-fund', ...cache], { cwd: root }),
  );
  mkdirSync(path.join(root, 'node_modules'), { recursive: true });
  writeFileSync(path.join(root, STAMP), stampOf(readFileSync(path.join(root, 'package-lock.json'), 'utf8'), process));
}

/**
 * How to call the npm that started us, or the one on PATH. npm's own Node and not ours: ours may lie in the folder
 * that `npm ci` empties.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} execPath
 */
export function npmCommand(env, execPath) {
  if (env.npm_execpath?.endsWith('.js')) {
    return { command: env.npm_node_execpath ?? execPath, args: [env.npm_execpath] };
  }
  return { command: 'npm', args: [] };
}

function writableHome() {
  try {
    accessSync(os.homedir(), constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

/** @param {string} file */
function readOrNull(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
