#!/usr/bin/env node
// @ts-check
/**
 * `npm start` and `npm test` on a machine with Node 20 and nothing else: brings what is missing, then hands over to
 * Node 24. Plain Node without packages, because none are installed when it begins.
 */
import { spawn } from 'node:child_process';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDebianPackages, purposesOf } from './debian.mjs';
import { findRuntime, majorOf, OLDEST_NODE, runtimeEnvironment } from './nodeRuntime.mjs';
import { ensurePackages } from './packages.mjs';
import { say } from './progress.mjs';

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const [command, ...args] = process.argv.slice(2);

if (command === 'start' || command === 'test') {
  try {
    process.exitCode = await setUpAndRun(command, args);
  } catch (error) {
    console.error(`\n${error instanceof Error ? error.message : String(error)}`);
    // The last line of the test command is read by machines, whatever happened before.
    if (command === 'test') say('0 passed, 1 failed, 0 skipped');
    process.exitCode = 1;
  }
} else {
  console.error('usage: run.mjs start|test [arguments]');
  process.exitCode = 2;
}

/**
 * @param {'start' | 'test'} command
 * @param {readonly string[]} args
 */
async function setUpAndRun(command, args) {
  if (majorOf(process.version) < OLDEST_NODE) {
    throw new Error(`This program needs Node ${OLDEST_NODE} or newer; this is ${process.version}.`);
  }
  await ensurePackages(root);
  await ensureDebianPackages(purposesOf(command, args));
  const runtime = findRuntime(root);
  return handOver(
    runtime,
    [path.join(root, 'tools', `${command}.ts`), ...args],
    runtimeEnvironment(root, runtime, process.env),
  );
}

/**
 * Runs the real command in the foreground of this terminal and ends as it ends.
 * @param {string} runtime
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>} exit code
 */
function handOver(runtime, args, env) {
  const child = spawn(runtime, [...args], { cwd: root, env, stdio: 'inherit' });
  // The terminal sends Ctrl+C to both: the child decides what it means. Other signals reach only this process.
  process.on('SIGINT', () => {});
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? 128 + (signal ? (os.constants.signals[signal] ?? 0) : 0)));
  });
}
