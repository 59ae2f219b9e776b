import type { PrintedSlip } from '../../../domain/case/types.ts';
import type { PrintState } from '../printStore.ts';

export type Fact = 'yes' | 'no' | 'waiting' | 'unknown';

/** Errors after which the bytes had left this machine: paper may have come out. */
const SENT_BEFORE = new Set(['print-unconfirmed', 'deadline']);

/** The three facts of the newest print. `saved` is always true: a case without a durable store has no page. */
export function slipFacts(
  print: PrintState,
  slips: readonly PrintedSlip[],
): { saved: Fact; sent: Fact; confirmed: Fact } {
  switch (print.step) {
    case 'printing':
      return { saved: 'yes', sent: 'waiting', confirmed: 'waiting' };
    case 'failed':
      return SENT_BEFORE.has(print.failure.code)
        ? { saved: 'yes', sent: 'yes', confirmed: 'unknown' }
        : { saved: 'yes', sent: 'no', confirmed: 'no' };
    case 'done':
      return { saved: 'yes', sent: 'yes', confirmed: print.confirmation === 'device' ? 'yes' : 'unknown' };
    case 'none': {
      const last = slips.at(-1);
      if (!last) return { saved: 'yes', sent: 'no', confirmed: 'no' };
      return { saved: 'yes', sent: 'yes', confirmed: last.confirmation === 'device' ? 'yes' : 'unknown' };
    }
  }
}
