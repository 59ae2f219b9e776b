import { createBookingKeyOffline, importAppointmentsOffline } from '../../centre/command.ts';
import { type CentreDataOptions, dataOf } from './centreData.ts';
import { printLine } from './output.ts';

/** `yichuang appointments`: a line for each wrong row, and exit code 1. */
export async function appointments(options: CentreDataOptions & { file: string; hall: string }): Promise<void> {
  const verdict = await importAppointmentsOffline(dataOf(options), options.hall, options.file);
  if (verdict.kind === 'done') return printLine({ booked: verdict.booked, known: verdict.known });
  if (verdict.kind === 'elsewhere') throw new Error(verdict.code);
  for (const row of verdict.rows) printLine(row);
  process.exitCode = 1;
}

/** `yichuang appointments-key` */
export async function appointmentsKey(options: CentreDataOptions & { hall: string }): Promise<void> {
  const { hall } = options;
  printLine({ key: await createBookingKeyOffline(dataOf(options), hall), hall });
}
