// @ts-check
import { existsSync } from 'node:fs';
import path from 'node:path';

/** npm and this set-up run on whatever Node the machine has; everything after runs on the bundled one (ADR 0001). */
export const OLDEST_NODE = 20;
const RUNTIME_NODE = 24;

/**
 * @param {string} version such as `v20.20.2` or `24.21.0`
 * @returns {number} 0 when it is not a version
 */
export function majorOf(version) {
  return Number(/^v?(\d+)\./.exec(version)?.[1] ?? 0);
}

/**
 * Path of the Node 24 that `npm ci` brings along, whether it exists or not. The package's own file and not
 * `node_modules/.bin/node`, which on Windows is a `.cmd` that needs a shell.
 * @param {string} root
 * @param {{ platform: string, arch: string }} machine
 */
export function bundledNode(root, machine) {
  const windows = machine.platform === 'win32';
  const folder = `node-${windows ? 'win' : machine.platform}-${machine.arch}`;
  return path.join(root, 'node_modules', folder, 'bin', windows ? 'node.exe' : 'node');
}

/**
 * @param {string} root
 * @param {{ platform: string, arch: string, version: string, execPath: string }} [machine]
 * @returns {string} path of a Node 24
 * @throws {Error} in words, when the machine has none
 */
export function findRuntime(root, machine = process) {
  const bundled = bundledNode(root, machine);
  if (existsSync(bundled)) return bundled;
  if (majorOf(machine.version) >= RUNTIME_NODE) return machine.execPath;
  throw new Error(
    `No Node ${RUNTIME_NODE} for ${machine.platform}-${machine.arch} comes with the packages. ` +
      `Install Node ${RUNTIME_NODE} and run this command with it.`,
  );
}

/**
 * The environment of everything started from here: `node` is the bundled one.
 * @param {string} root
 * @param {string} runtime path of the Node 24
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function runtimeEnvironment(root, runtime, env) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  const first = [path.dirname(runtime), path.join(root, 'node_modules', '.bin')];
  const rest = (env[key] ?? '').split(path.delimiter).filter((folder) => folder !== '' && !first.includes(folder));
  return { ...env, [key]: [...first, ...rest].join(path.delimiter) };
}
