import type { BlankForm } from '../../blanks/serial.ts';
import type { VoidReason } from '../../case/progress.ts';
import { type BlankRegisterData, buildBlankRegister } from '../blankRegister.ts';
import type { PaperDocument } from '../document.ts';
import { joinPapers } from '../parts/join.ts';
import type { PaperContext } from '../parts/parts.ts';
import { minuteOf, windowOf } from './facts.ts';

/** SL16 from the book of blanks, or from the blanks that a case spoiled (domain.md §4.11). */

type RegisterContext = PaperContext & { nameOf(number: string): string };

export interface SpoiledSheet {
  serial: string;
  form: BlankForm;
  /** Empty for the store. */
  window: string;
  reason: VoidReason | null;
  note: string;
  by: string;
  /** The second person. */
  witness: string;
  /** ISO instant. */
  at: string;
}

/** A run that a window took or gave back. */
export interface MovedRun {
  first: string;
  last: string;
  count: number;
  form: BlankForm;
  window: string;
  note: string;
  by: string;
  /** Null where the book knows no second person: whoever takes them signs by hand. */
  witness: string | null;
  at: string;
}

export const VOID_REASON_NAMES: Readonly<Record<VoidReason, string>> = {
  misprint: '打印错误',
  jam: '卡纸',
  stained: '污损',
  'wrong-data': '内容有误',
  test: '测试',
  other: '其他',
};

/** One sheet for each window, form and pair of persons: who signs saw what stands on it. @returns null for none */
export function spoiledBlanksRegister(
  spoiled: readonly SpoiledSheet[],
  number: string,
  context: RegisterContext,
): PaperDocument | null {
  const entries = spoiled.map(({ serial, reason, note, ...rest }) => ({
    ...rest,
    first: serial,
    last: serial,
    count: 1,
    reason: [reason && VOID_REASON_NAMES[reason], note].filter(Boolean).join('：'),
  }));
  return registers('void', entries, number, context);
}

export function movedBlanksRegister(
  purpose: 'take-out' | 'return',
  runs: readonly MovedRun[],
  number: string,
  context: RegisterContext,
): PaperDocument | null {
  return registers(
    purpose,
    runs.map(({ note, ...rest }) => ({ ...rest, reason: note })),
    number,
    context,
  );
}

type Entry = BlankRegisterData['entries'][number] & Pick<MovedRun, 'form' | 'window' | 'by' | 'witness' | 'at'>;

function registers(
  purpose: BlankRegisterData['purpose'],
  entries: readonly Entry[],
  number: string,
  { nameOf, ...context }: RegisterContext,
): PaperDocument | null {
  const sheets = Map.groupBy(entries, ({ window, form, by, witness }) => JSON.stringify([window, form, by, witness]));
  const person = (id: string | null) => (id === null ? { id: '', name: '' } : { id, name: nameOf(id) });
  return joinPapers(
    [...sheets.values()].flatMap((group, index) => {
      const last = group.at(-1);
      if (!last) return [];
      const data: BlankRegisterData = {
        number: sheets.size > 1 ? `${number}-${index + 1}` : number,
        purpose,
        document: last.form,
        window: last.window === '' ? '库房' : windowOf(last.window),
        entries: group,
        by: person(last.by),
        witness: person(last.witness),
        at: minuteOf(last.at),
      };
      return [buildBlankRegister(data, context)];
    }),
  );
}
