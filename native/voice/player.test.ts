import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findPlayer, playSound } from './player.ts';
import { parseWav } from './wav.ts';

/** Programs of a test, as a machine of a hall would have them. */

let folder: string;
const SOUND = { sampleRate: 8000, samples: Int16Array.of(1, -2, 3) };
const never = new AbortController().signal;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'player-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function program(name: string, script: string): Promise<string> {
  const file = path.join(folder, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

const leftOver = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('yichuang-voice-'));

describe('finding a player', () => {
  it('takes the first of the list that the machine has', async () => {
    await program('bin/aplay', 'true');
    expect(findPlayer('', 'linux', path.join(folder, 'bin'))?.command).toEqual(['aplay', '-q']);
    await program('other/paplay', 'true');
    const both = [path.join(folder, 'bin'), path.join(folder, 'other')].join(path.delimiter);
    expect(findPlayer('', 'linux', both)?.command).toEqual(['paplay']);
  });

  it('names the output as each program wants it', async () => {
    await program('a/aplay', 'true');
    await program('b/paplay', 'true');
    expect(findPlayer('hw:1,0', 'linux', path.join(folder, 'a'))?.command).toEqual(['aplay', '-q', '-D', 'hw:1,0']);
    expect(findPlayer('hall', 'linux', path.join(folder, 'b'))?.command).toEqual(['paplay', '--device=hall']);
  });

  it('finds none where there is none, and takes what Windows has', () => {
    expect(findPlayer('', 'linux', folder)).toBeNull();
    expect(findPlayer('', 'win32', '')?.command[0]).toBe('powershell.exe');
  });
});

describe('playing', () => {
  it('hands the program a WAV file of exactly the sound, and leaves nothing behind', async () => {
    const heard = path.join(folder, 'heard.wav');
    const player = { command: [await program('play', `cp "$2" '${heard}'; test "$1" = -x`), '-x'] };
    await playSound(player, SOUND, never);
    expect(parseWav(await readFile(heard))).toEqual(SOUND);
    expect(await leftOver()).toEqual([]);
  });

  it('puts the file where {file} stands', async () => {
    const heard = path.join(folder, 'heard.wav');
    const player = { command: [await program('play', `cp "$1" '${heard}'; test "$2" = last`), '{file}', 'last'] };
    await playSound(player, SOUND, never);
    expect(parseWav(await readFile(heard))).toEqual(SOUND);
  });

  it('says when the program failed, is not there, or none is configured', async () => {
    const failing = { command: [await program('play', 'exit 3')] };
    await expect(playSound(failing, SOUND, never)).rejects.toMatchObject({ code: 'voice-failed' });
    const missing = { command: [path.join(folder, 'nothing')] };
    await expect(playSound(missing, SOUND, never)).rejects.toMatchObject({ code: 'voice-program-missing' });
    await expect(playSound(null, SOUND, never)).rejects.toMatchObject({ code: 'voice-program-missing' });
    expect(await leftOver()).toEqual([]);
  });

  it('ends the program when it is to fall silent', async () => {
    const started = path.join(folder, 'started');
    const player = { command: [await program('play', `echo $$ > '${started}'; exec sleep 60`)] };
    const stop = new AbortController();
    const playing = playSound(player, SOUND, stop.signal);
    const pid = await vi.waitFor(async () => {
      const number = Number(await readFile(started, 'utf8'));
      expect(number).toBeGreaterThan(0);
      return number;
    });
    stop.abort();
    await playing;
    expect(() => process.kill(pid, 0)).toThrow();
  });
});
