import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { WorkingLedger } from '../../centre/ledger/workingLedger.ts';
import { openSqliteStore } from '../../centre/store/sqlite/store.ts';
import type { TicketRecord } from '../../domain/queue/ticketTypes.ts';
import { COMMAND } from '../commands/installation.ts';
import { HALL, type RehearsalHall } from './hall.ts';

/** `yichuang verify` of the hub and of every machine, closed before: chains, hashes, projections, numbers. */
export async function verifyHall(hall: RehearsalHall): Promise<{ clean: boolean; findings: string[] }> {
  await hall.stop();
  const machines = [...hall.windows, ...hall.kiosks, ...hall.screens];
  const findings: string[] = [];
  for (const { name, args } of [
    { name: 'centre', args: ['--centre', hall.centreDir] },
    ...machines.map(({ id, dataDir }) => ({ name: id, args: ['--data', dataDir] })),
  ]) {
    const finding = await verify(args);
    if (finding !== null) findings.push(`${name}: ${finding}`);
  }
  return { clean: findings.length === 0, findings };
}

/** @returns what it found, or null */
async function verify(args: readonly string[]): Promise<string | null> {
  const child = spawn(process.execPath, [COMMAND, 'verify', ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return code === 0 ? null : text.trim();
}

/** Every ticket of a day as the closed hub kept it. @param day local day, ISO */
export async function readTickets(centreDir: string, day: string): Promise<TicketRecord[]> {
  const store = openSqliteStore(centreDir);
  try {
    return await store.write([], (known) => ({
      decision: new WorkingLedger(known).decision(),
      value: [...known.hall.ticketsOf(HALL, day).values()],
    }));
  } finally {
    store.close();
  }
}
