import type { ServiceStart } from '../../contract/serviceProtocol.ts';
import type { OpJournal } from '../../db/journal/journal.ts';
import type { ServiceContext } from '../context.ts';
import { Duties } from '../duties/duties.ts';
import { HourlyBackup } from '../duties/hourlyBackup.ts';
import { NightlyScan } from '../duties/nightlyScan.ts';
import type { Log } from '../log.ts';

/** What this machine does by the calendar. */
export function openDuties(
  context: ServiceContext,
  { dataDir, key }: ServiceStart,
  opJournal: OpJournal | null,
  log: Log,
): Duties {
  const backup = new HourlyBackup(dataDir, key.hex);
  const scan = new NightlyScan(dataDir, key.hex);
  return new Duties(context, { backup, scan, opJournal }, log);
}
