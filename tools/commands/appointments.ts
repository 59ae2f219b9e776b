import { createBookingKeyOffline, importAppointmentsOffline } from '../../centre/command.ts';
import { type CentreDataOptions, existingDataOf } from './centreData.ts';
import { printLine } from './output.ts';

/**
 * `yichuang appointments`: columns that mean nothing, if there are any; a line for each wrong row, and exit code 1; last what
 * was taken, if anything was.
 */
export async function appointments(
  options: CentreDataOptions & { file: string; hall: string; each?: boolean },
): Promise<void> {
  const verdict = await importAppointmentsOffline(existingDataOf(options), options.hall, options);
  if (verdict.kind === 'elsewhere') throw new Error(verdict.code);
  if (verdict.ignored) printLine({ ignored: verdict.ignored });
  const wrong = verdict.kind === 'done' ? verdict.wrong : verdict.rows;
  for (const row of wrong) printLine(row);
  if (verdict.kind === 'done') printLine({ booked: verdict.booked, known: verdict.known });
  if (wrong.length > 0) process.exitCode = 1;
}

/** `yichuang appointments-key` */
export async function appointmentsKey(options: CentreDataOptions & { hall: string }): Promise<void> {
  const { hall } = options;
  printLine({ key: await createBookingKeyOffline(existingDataOf(options), hall), hall });
}
