import { createBookingKeyOffline, importAppointmentsOffline } from '../../centre/command.ts';
import { printLine } from './output.ts';

/** `yichuang appointments`: a line for each wrong row, and exit code 1. */
export async function appointments(options: { data: string; file: string; hall: string }): Promise<void> {
  const verdict = await importAppointmentsOffline(options.data, options.hall, options.file);
  if (verdict.kind === 'done') return printLine({ booked: verdict.booked, known: verdict.known });
  if (verdict.kind === 'elsewhere') throw new Error(verdict.code);
  for (const row of verdict.rows) printLine(row);
  process.exitCode = 1;
}

/** `yichuang appointments-key` */
export async function appointmentsKey(options: { data: string; hall: string }): Promise<void> {
  const { data, hall } = options;
  printLine({ key: await createBookingKeyOffline(data, hall), hall });
}
