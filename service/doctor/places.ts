import { constants } from 'node:fs';
import { access, mkdir, open, readdir, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { Report } from './report.ts';

/** Where desktops put what is plugged in. */
const STICK_ROOTS = ['/media/', '/run/media/'];

/** Folders of plugged-in sticks that can be written to; an empty list where there is none. */
export async function findSticks(platform: NodeJS.Platform = process.platform): Promise<string[]> {
  const candidates = platform === 'win32' ? await windowsDrives() : await linuxMounts();
  const usable = await Promise.all(
    candidates.map((folder) =>
      access(folder, constants.W_OK).then(
        () => [folder],
        () => [],
      ),
    ),
  );
  return usable.flat();
}

/** @param mounts text of /proc/mounts, whose blanks are written as \040 */
export function sticksOf(mounts: string): string[] {
  return mounts
    .split('\n')
    .map((line) =>
      (line.split(' ')[1] ?? '').replace(/\\([0-7]{3})/g, (_, octal: string) =>
        String.fromCharCode(Number.parseInt(octal, 8)),
      ),
    )
    .filter((folder) => STICK_ROOTS.some((root) => folder.startsWith(root)));
}

/**
 * Writes both files and flushes them: a stick is pulled a moment later.
 * @returns paths written
 */
export async function writeReport(folder: string, { name, text, json }: Report): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  const files = [
    { file: path.join(folder, `${name}.txt`), content: text },
    { file: path.join(folder, `${name}.json`), content: json },
  ];
  for (const { file, content } of files) {
    const handle = await open(file, 'w', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
  return files.map(({ file }) => file);
}

async function linuxMounts(): Promise<string[]> {
  return sticksOf(await readFile('/proc/mounts', 'utf8').catch(() => ''));
}

/** Every drive but the one of the system and the two of floppies. */
async function windowsDrives(): Promise<string[]> {
  const system = (os.homedir()[0] ?? 'C').toUpperCase();
  const letters = [...'DEFGHIJKLMNOPQRSTUVWXYZ'].filter((letter) => letter !== system);
  const there = await Promise.all(
    letters.map((letter) =>
      readdir(`${letter}:\\`).then(
        () => [`${letter}:\\`],
        () => [],
      ),
    ),
  );
  return there.flat();
}
