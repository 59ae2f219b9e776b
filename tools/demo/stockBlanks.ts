import { moveBlanksOffline } from '../../centre/command.ts';
import type { BlanksRequest } from '../../contract/blanks.ts';
import { formatSerial } from '../../domain/blanks/serial.ts';
import { USUAL_RANGE } from '../../domain/blanks/types.ts';

/** Windows of the demonstration that print, and the print desk of the pages in a browser. */
const DRAWERS = ['W07', 'W03', 'C01'];
const FIRST = 22_000_000_001;

/** Ids that are the same at every start: what was done is not done again. */
const commandId = (step: number): string => `0198a000-0000-7000-8000-${String(0xb1a00 + step).padStart(12, '0')}`;

/**
 * Receives 200 blank certificates and 200 proofs, and gives fifty of each to every window that prints: from
 * D22000000001 and Z22000000001 on.
 * @param supervisor staff number of who signs for them
 */
export async function stockBlanks(centreDir: string, supervisor: string): Promise<void> {
  let step = 0;
  const take = (command: BlanksRequest['command']): Promise<void> => {
    step += 1;
    const request = { commandId: commandId(step), actor: supervisor, command };
    return moveBlanksOffline(centreDir, 'S01', request);
  };
  for (const [prefix, form] of [
    ['D', 'certificate'],
    ['Z', 'proof'],
  ] as const) {
    await take({
      kind: 'receive',
      form,
      first: formatSerial(prefix, FIRST),
      count: (DRAWERS.length + 1) * USUAL_RANGE,
    });
    for (const [index, window] of DRAWERS.entries()) {
      const from = formatSerial(prefix, FIRST + index * USUAL_RANGE);
      await take({ kind: 'assign', from, count: USUAL_RANGE, window });
    }
  }
}
