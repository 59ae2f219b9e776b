// @ts-check
import { spawn } from 'node:child_process';

const TAIL_CHARS = 4000;

export class CommandFailed extends Error {
  /** @override */
  name = 'CommandFailed';

  /**
   * @param {string} command
   * @param {string} outcome
   * @param {string} tail the end of what it printed
   */
  constructor(command, outcome, tail) {
    super(`${command}: ${outcome}${tail === '' ? '' : `\n${tail}`}`);
  }
}

/**
 * Runs a command without a shell, so that spaces in paths need no care, and keeps its output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} stdout
 * @throws {CommandFailed} with the end of its output
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let tail = '';
    /** @param {string} chunk */
    const keep = (chunk) => {
      tail = (tail + chunk).slice(-TAIL_CHARS);
    };
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      stdout += chunk;
      keep(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', keep);
    const shown = [command, ...args].join(' ');
    child.on('error', (error) => reject(new CommandFailed(shown, error.message, '')));
    child.on('close', (code, signal) => {
      if (code === 0) resolve(stdout);
      else reject(new CommandFailed(shown, signal ? `ended by ${signal}` : `exit code ${code}`, tail.trim()));
    });
  });
}
