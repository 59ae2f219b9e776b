import { existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { DATABASE_FILE } from '../../db/store.ts';
import { openKey } from '../../electron/main/keyVault.ts';
import { provisionedKeyFile } from '../../electron/main/provisionedKey.ts';
import { generateDay } from '../day/generateDay.ts';
import { planDay } from '../day/plan.ts';
import { printLine } from './output.ts';

export interface GenerateOptions {
  data: string;
  cases: number;
  seed: number;
  centre?: string;
}

/**
 * `yichuang generate`: one made-up working day, for trials and for `yichuang verify`.
 * @throws Error when a folder holds data already: nothing made up is ever mixed with it
 */
export async function generate({ data, cases, seed, centre }: GenerateOptions): Promise<void> {
  if (!Number.isInteger(cases) || cases < 1 || cases > 9999) throw new Error('--cases: 1 to 9999');
  if (!Number.isInteger(seed)) throw new Error('--seed: a whole number');
  if (existsSync(path.join(data, DATABASE_FILE))) throw new Error(`${data} holds data already`);
  if (centre !== undefined && existsSync(path.join(centre, 'centre.db')))
    throw new Error(`${centre} holds data already`);
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const { hex } = await openKey({
    dataDir: data,
    provisionedFile: provisionedKeyFile(process.env, process.platform),
    findOsVault: async () => null,
    allowDevelopmentFile: true,
    warn: (line) => console.error(line),
  });
  const startedAt = performance.now();
  const result = await generateDay(planDay(cases, seed), { keyHex: hex, data, centre });
  printLine({ ...result, seconds: Math.round((performance.now() - startedAt) / 100) / 10 });
}
