import type { Advance, SpoiledBlank } from './advance.ts';
import { dispatchLanes } from './lanes.ts';
import type { MissingPaper, ServiceFault } from './progress.ts';
import type { CaseRecord } from './types.ts';

export interface EffectContext {
  actor: string;
  /** ISO instant of the op. */
  at: string;
}

/** What a transition changes beside the state, the lanes in turn and the pauses. Returns the changed parts only. */
export function effectOf(record: CaseRecord, advance: Advance, { actor, at }: EffectContext): Partial<CaseRecord> {
  switch (advance.transition) {
    case 'T14': {
      const { route } = advance.data;
      return { route, lanes: dispatchLanes(record.lanes, route, at) };
    }
    case 'T15': {
      const { missing, deadline } = advance.data;
      const fault = findSecondNotice(record, missing, actor, at);
      return {
        supplements: [...record.supplements, { at, by: actor, missing, deadline, receivedAt: null }],
        ...(fault && { serviceFaults: [...record.serviceFaults, fault] }),
      };
    }
    case 'T16':
      return { supplements: endLast(record.supplements, { receivedAt: at }) };
    case 'T17':
      return { rejection: { ground: 'not-supplemented', reason: advance.data.reason, at, by: actor } };
    case 'T18': {
      const { text, until } = advance.data;
      return { notices: [...record.notices, { at, by: actor, text, until, endedAt: null }] };
    }
    case 'T19':
      return { notices: endLast(record.notices, { endedAt: at }) };
    case 'T20':
      return {
        notices: endLast(record.notices, { endedAt: at }),
        // A founded objection is a dispute that is not settled (不动产登记暂行条例 §22 (2)).
        rejection: { ground: 'unresolved-dispute', reason: advance.data.reason, at, by: actor },
      };
    case 'T27':
      return {
        bookedAt: at,
        certificates: advance.data.certificates.map((each) => ({
          ...each,
          blank: null,
          spoiled: [],
          printedAt: null,
          printedBy: null,
        })),
      };
    case 'T28': {
      const { blanks } = advance.data;
      return {
        certificates: record.certificates.map((certificate) => {
          const bound = blanks.find((each) => each.number === certificate.number);
          return bound ? { ...certificate, blank: bound.blank, printedBy: actor } : certificate;
        }),
      };
    }
    case 'T29':
      return { certificates: record.certificates.map((each) => ({ ...each, printedAt: each.printedAt ?? at })) };
    case 'T30':
    case 'T32':
      return { certificates: spoil(record, advance.data, actor, at) };
    case 'T33':
      return { pickup: { window: advance.data.window, at, calls: (record.pickup?.calls ?? 0) + 1 } };
    case 'T34':
      return { handover: { at, by: actor, receiver: advance.data.receiver, slipReturned: advance.data.slipReturned } };
    case 'T36':
      return { handover: { at, by: actor, express: advance.data.express, slipReturned: false } };
    case 'T37':
      return {
        handover: { ...(record.handover ?? { at, by: actor, slipReturned: false }), proof: advance.data.proof },
      };
    case 'T41':
      return { rejection: { ...advance.data, at, by: actor } };
    case 'T39':
      return { archive: { list: advance.data.list, at } };
    default:
      return {};
  }
}

/**
 * 一次性告知: what was missing at the first notice must stand in it. A later notice names only what has arisen since, and
 * says how; anything else is recorded as our fault (不动产登记暂行条例 §17), and the case goes on.
 */
function findSecondNotice(record: CaseRecord, missing: MissingPaper[], by: string, at: string): ServiceFault | null {
  const isFirst = record.supplements.length === 0 && record.refusal === null;
  if (isFirst) return null;
  const papers = missing.filter((paper) => !paper.arisen?.trim()).map((paper) => paper.text);
  return papers.length === 0 ? null : { at, by, kind: 'second-notice', papers };
}

function endLast<T>(list: readonly T[], change: Partial<T>): T[] {
  return list.map((each, index) => (index === list.length - 1 ? { ...each, ...change } : each));
}

/** The certificate keeps its number and gets a new blank (T30, T32). */
function spoil(record: CaseRecord, { blank, reason, note, witness }: SpoiledBlank, by: string, at: string) {
  return record.certificates.map((certificate) =>
    certificate.blank === blank
      ? {
          ...certificate,
          blank: null,
          printedAt: null,
          printedBy: null,
          spoiled: [...certificate.spoiled, { blank, reason, note, by, witness, at }],
        }
      : certificate,
  );
}
