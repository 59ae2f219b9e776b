import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { YichuangError } from '../../contract/errors.ts';
import { findProgram, runProgram } from './program.ts';
import { encodeWav, type Sound } from './wav.ts';

/** A command that plays a WAV file and ends when it has been heard. */
export interface Player {
  /** Program and arguments; in `{file}` stands the file, behind the last argument when none has it. */
  readonly command: readonly string[];
}

const FILE = '{file}';
/** In order of preference on Linux, with the argument that names an output. */
const LINUX: Readonly<Record<string, { usual: readonly string[]; output: (name: string) => readonly string[] }>> = {
  'pw-play': { usual: [], output: (name) => ['--target', name] },
  paplay: { usual: [], output: (name) => [`--device=${name}`] },
  aplay: { usual: ['-q'], output: (name) => ['-D', name] },
};
/** The file stands in the environment, where no quoting can go wrong. */
const WINDOWS = [
  'powershell.exe',
  '-NoProfile',
  '-NonInteractive',
  '-Command',
  '(New-Object System.Media.SoundPlayer $env:YICHUANG_SOUND).PlaySync()',
] as const;

/**
 * @param output of the port `audio:NAME`; empty: the usual one
 * @returns null when this machine has none
 */
export function findPlayer(
  output: string,
  platform: NodeJS.Platform = process.platform,
  searchPath?: string,
): Player | null {
  if (platform === 'win32') return { command: WINDOWS };
  const program = findProgram(Object.keys(LINUX), searchPath);
  if (program === null) return null;
  const { usual = [], output: name } = LINUX[program] ?? {};
  return { command: [program, ...usual, ...(output === '' ? [] : (name?.(output) ?? []))] };
}

/**
 * Plays to the end, or until the signal is raised.
 * @throws YichuangError `voice-program-missing`, `voice-failed`
 */
export async function playSound(player: Player | null, sound: Sound, signal: AbortSignal): Promise<void> {
  if (!player) throw new YichuangError('voice-program-missing');
  const folder = await mkdtemp(path.join(tmpdir(), 'yichuang-voice-'));
  try {
    const file = path.join(folder, 'sound.wav');
    await writeFile(file, encodeWav(sound));
    await runProgram(withFile(player.command, file), { signal, env: { YICHUANG_SOUND: file } });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function withFile(command: readonly string[], file: string): string[] {
  if (command.some((part) => part.includes(FILE))) return command.map((part) => part.replaceAll(FILE, file));
  return command === WINDOWS ? [...command] : [...command, file];
}
