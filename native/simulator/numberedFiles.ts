import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

type SaveAs = (extension: string, data: string | Uint8Array) => Promise<void>;

/**
 * A folder for what a simulated printer puts out, numbered on from what is there; only the owner can read it, because papers
 * name people. @returns what begins the next one, which may have files of several kinds
 */
export async function openNumberedFiles(folder: string, name: string): Promise<() => SaveAs> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const pattern = new RegExp(`^${name}-(\\d+)\\.`);
  let number = Math.max(0, ...(await readdir(folder)).map((file) => Number(pattern.exec(file)?.[1] ?? 0)));
  return () => {
    number += 1;
    const base = join(folder, `${name}-${String(number).padStart(4, '0')}`);
    return (extension, data) => writeFile(`${base}.${extension}`, data, { mode: 0o600 });
  };
}
