import { ERRORS, isErrorCode } from '../../contract/errors.ts';
import type { MethodOutput } from '../../contract/rpc.ts';
import { LANE_MOVES, LANES, type Lane, type LaneEvent } from '../../domain/case/lanes.ts';
import { TRANSITIONS, type TransitionId } from '../../domain/case/transitions.ts';
import { PAPERS, type Paper } from '../../domain/papers/papers.ts';
import { machineWords } from '../health/machineWords.ts';
import { t } from '../strings/index.ts';

export type AuditRow = MethodOutput<'audit.list'>['rows'][number];

/** What somebody did, in words; a kind or a code that this page does not know is shown as it is. */
export function actWords({ kind, detail }: Pick<AuditRow, 'kind' | 'detail'>): string {
  const kinds: Readonly<Record<string, string | undefined>> = t.audit.kinds;
  const name = kinds[kind] ?? kind;
  const words = detailWords(kind, detail);
  return words === '' ? name : `${name}${t.separator}${words}`;
}

function detailWords(kind: string, detail: string): string {
  if (detail === '') return '';
  const parts = detail.split(' ');
  const [first = '', second = ''] = parts;
  if (kind === 'case.advanced' && isTransition(first)) return `${first} ${TRANSITIONS[first].event}`;
  if (kind === 'case.lane' && isLane(first) && isLaneEvent(second)) {
    return `${LANES[first].name} ${LANE_MOVES[second].name}`;
  }
  if (kind === 'attempt.refused' && isErrorCode(second)) return `${first}${t.separator}${ERRORS[second]}`;
  if (kind === 'health.acknowledged') return machineWords(first);
  if (kind === 'data.checked' && /^\d+$/.test(first)) return t.audit.checked(Number(first));
  if (kind === 'note.added') return (t.audit.notes as Readonly<Record<string, string | undefined>>)[first] ?? detail;
  if (kind === 'slip.printed') return slipWords(first);
  return detail;
}

function slipWords(slip: string): string {
  const papers: Readonly<Record<string, Paper | undefined>> = PAPERS;
  return papers[slip]?.title ?? slip;
}

/** The beginning of an id is enough to tell two apart, and to find one in an export. */
export const shortId = (id: string): string => id.slice(0, 8);

function isTransition(text: string): text is TransitionId {
  return Object.hasOwn(TRANSITIONS, text);
}

function isLane(text: string): text is Lane {
  return Object.hasOwn(LANES, text);
}

function isLaneEvent(text: string): text is LaneEvent {
  return Object.hasOwn(LANE_MOVES, text);
}
