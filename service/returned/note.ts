import type { TerminalConfig } from '../../contract/config.ts';
import { caseOf, type Op } from '../../domain/ledger/op.ts';
import type { ServiceContext } from '../context.ts';

/**
 * Every own op that came back gets a record of its own that travels like any other: the whole hall sees what is to be
 * decided, and by whom it was made. Safe to repeat.
 * @returns streams of what was noted now
 */
export function noteReturned({
  store,
  config,
}: Pick<ServiceContext, 'store'> & { config: { terminal: Pick<TerminalConfig['terminal'], 'id'> } }): string[] {
  const { ledger } = store;
  return store.returned.unnoted(ledger.device).map(({ op, code }) => {
    const stream = `return:${op.op_id}`;
    const caseId = caseIdOf(op);
    const body = {
      ...{ device: op.device, epoch: op.epoch, seq: op.seq, kind: op.kind, subject: op.stream },
      ...{ baseVersion: op.base_ver, terminal: config.terminal.id, actor: op.actor, at: op.at, code },
      ...(caseId !== null && { caseId }),
      content: { ...op.body },
    };
    ledger.append({ kind: 'return.noted', stream, actor: 'system', body });
    return stream;
  });
}

function caseIdOf(op: Op): string | null {
  const about = op.stream.startsWith('case:') ? op.stream : caseOf(op);
  return about === null ? null : about.slice('case:'.length);
}
