import { v7 } from 'uuid';
import type { BlankForm } from '../../domain/blanks/serial.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { type HallWindow, staffOf } from './hall.ts';

/** What the centre assigns in one go. */
const RUN = 500;
const FORMS: Readonly<Record<BlankForm, string>> = { certificate: 'D', proof: 'Z' };

/** The blanks of the hall: received in the morning, in the drawer of the first window by day, counted at its end. */
export class Drawers {
  readonly #window: HallWindow;
  readonly #now: () => number;
  readonly #given: Record<BlankForm, number> = { certificate: 0, proof: 0 };
  #stock = 0;

  constructor(window: HallWindow, now: () => number) {
    this.#window = window;
    this.#now = now;
  }

  /** @param blanks of each form, at least */
  async fill(blanks: number): Promise<void> {
    for (const form of Object.keys(FORMS) as BlankForm[]) {
      for (let from = 1; from <= blanks; from += RUN) {
        await this.#ask({ kind: 'receive', form, first: serialOf(form, from), count: RUN });
        await this.#ask({ kind: 'assign', from: serialOf(form, from), count: RUN, window: this.#window.plan.id });
      }
    }
    this.#stock = Math.ceil(blanks / RUN) * RUN;
  }

  /** The next from the top of the pile. */
  take(form: BlankForm): string {
    this.#given[form] += 1;
    return serialOf(form, this.#given[form]);
  }

  /** What lies there is what ought to lie there: whatever no case has used, and the spoiled papers. */
  async count(day: string, cases: readonly CaseRecord[]): Promise<void> {
    for (const form of Object.keys(FORMS) as BlankForm[]) {
      const certificates = cases.flatMap((each) => each.certificates).filter(({ kind }) => kind === form);
      const papersCounted = certificates.reduce((sum, { spoiled }) => sum + spoiled.length, 0);
      const counted = this.#stock - papersCounted - certificates.filter(({ blank }) => blank !== null).length;
      const count = {
        window: this.#window.plan.id,
        day,
        form,
        counted,
        papersCounted,
        witness: staffOf('PRT')[0],
        note: '',
      };
      await this.#ask({ kind: 'count', ...count });
    }
  }

  async #ask(command: Parameters<HallWindow['api']['moveBlanks']>[0]['command']): Promise<void> {
    const [actor] = staffOf('SUP');
    await this.#window.api.moveBlanks({ commandId: v7({ msecs: this.#now() }), actor, command });
  }
}

function serialOf(form: BlankForm, number: number): string {
  return `${FORMS[form]}22${String(number).padStart(9, '0')}`;
}
