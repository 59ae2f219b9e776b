import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import { runCommand } from '../../fixtures/command.ts';
import { damageFile } from '../../fixtures/damage.ts';
import type { Places, PutBack } from './way.ts';

export function restoreDamaged({ backups }: Places): PutBack {
  const lose = (dataDir: string) => void damageFile(path.join(dataDir, 'centre.db'), 'zero-page', 1, 1);
  return { ...withBackups(backups, lose), refused: /is damaged/ };
}

/** Its keys were kept apart. */
export function restoreOnNewDisk({ backups }: Places): PutBack {
  const lose = (dataDir: string): void => {
    const lost = `${dataDir}-lost`;
    renameSync(dataDir, lost);
    mkdirSync(dataDir, { mode: 0o700 });
    for (const name of readdirSync(lost).filter((each) => each.endsWith('.key')))
      renameSync(path.join(lost, name), path.join(dataDir, name));
    rmSync(lost, { recursive: true });
  };
  return { ...withBackups(backups, lose), refused: null };
}

function withBackups(backups: string, lose: (dataDir: string) => void): Omit<PutBack, 'refused'> {
  return {
    losesSome: true,
    open: () => undefined,
    backUp: async (dataDir) => void (await said(['backup', '--centre', dataDir, '--to', backups])),
    keep() {},
    lose,
    async putBack(dataDir) {
      expect(await said(['restore', '--centre', dataDir, '--backups', backups])).toMatchObject({
        restored: expect.stringMatching(/^centre-/),
      });
      return undefined;
    },
    close() {},
  };
}

/** What a command prints, as JSON. */
async function said(args: readonly string[]): Promise<unknown> {
  const { code, stdout, stderr } = await runCommand(args);
  expect({ code, stderr }).toMatchObject({ code: 0 });
  return JSON.parse(stdout);
}
