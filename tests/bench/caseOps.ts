import type { OpEnvelope } from '../../contract/ops.ts';
import { canonicalJson } from '../../domain/ledger/canonical.ts';
import { type OpMaker, uuidOf } from '../fixtures/opMaker.ts';

/** Ops of one case as a window sends it: accepted, its slip printed twice, five papers scanned. */
export const OPS_OF_CASE = 8;
const PAPERS = ['M01', 'M02', 'M28', 'M05', 'M13'];

/**
 * The next case of a terminal's log, in the form in which a terminal sends it.
 * @param running over all terminals: a 受理编号 belongs to one case
 */
export function nextCase(maker: OpMaker, running: number): OpEnvelope[] {
  const accepted = nextAcceptance(maker, running);
  const caseId = accepted.stream.slice('case:'.length);
  const slips = [1, 2].map((print) => maker.printSlip(accepted.stream, { print }));
  const pages = PAPERS.map((material, index) => {
    const id = uuidOf(running, 'scan', index);
    const sha256 = canonicalSha(running, index);
    const blob = { media: 'image/jpeg', sha256, bytes: 240_000, width: 1654, height: 2339 } as const;
    return maker.make('scan.attached', `scan:${id}`, { caseId, material, page: 1, blob, source: 'camera' });
  });
  return [accepted, ...[...slips, ...pages].map(asSent)];
}

/** The heaviest op there is: the centre follows it with its own, the dispatch to the lanes (T14). */
export function nextAcceptance(maker: OpMaker, running: number): OpEnvelope {
  return asSent(maker.acceptCase({ number: `2026${String(running).padStart(10, '0')}` }));
}

/** As read from the log: bodies are kept there as canonical text. */
function asSent(op: OpEnvelope): OpEnvelope {
  return { ...op, body: JSON.parse(canonicalJson(op.body)) as OpEnvelope['body'] };
}

function canonicalSha(running: number, index: number): string {
  return `${running.toString(16).padStart(56, '0')}${index.toString(16).padStart(8, '0')}`;
}
