import type Database from 'better-sqlite3';
import { YichuangError } from '../contract/errors.ts';
import { printForm } from '../contract/forms.ts';
import type { PrintForm } from '../domain/form/types.ts';

/** A version of a form that was made on this machine. Version 0 is what the program comes with. */
export interface KeptForm {
  form: PrintForm;
  version: number;
  at: string;
  by: string;
}

interface Row {
  body: string;
  version: number;
  at: string;
  actor: string;
}

/** Forms as this machine prints them, every version that ever was; never synced. */
export class PrintForms {
  readonly #db: Database.Database;

  constructor(db: Database.Database) {
    this.#db = db;
  }

  /** The newest version of each form, saved last first: as `formsFor` wants them. */
  newest(): KeptForm[] {
    const rows = this.#db
      .prepare(`
        SELECT * FROM print_form AS kept
        WHERE version = (SELECT max(version) FROM print_form WHERE form = kept.form) ORDER BY ord DESC`)
      .all() as Row[];
    return rows.map(fromRow);
  }

  /** Newest first; empty for a form that was never changed here. */
  versions(form: string): KeptForm[] {
    const rows = this.#db.prepare('SELECT * FROM print_form WHERE form = ? ORDER BY version DESC').all(form) as Row[];
    return rows.map(fromRow);
  }

  /**
   * Keeps a form as its next version; the versions before stay.
   * @param base the version it was made from, 0 for what the program comes with
   * @throws YichuangError `form-changed` when there is a newer one by now
   */
  save(form: PrintForm, base: number, { at, by }: Pick<KeptForm, 'at' | 'by'>): KeptForm {
    const version = base + 1;
    this.#db.transaction(() => {
      const newest = this.#db.prepare('SELECT max(version) FROM print_form WHERE form = ?').pluck().get(form.id) as
        | number
        | null;
      if ((newest ?? 0) !== base) throw new YichuangError('form-changed');
      this.#db
        .prepare('INSERT INTO print_form (form, version, body, at, actor) VALUES (?, ?, ?, ?, ?)')
        .run(form.id, version, JSON.stringify(form), at, by);
    })();
    return { form, version, at, by };
  }
}

/** What a newer program wrote, or a hand changed, is not printed by. @throws ZodError */
function fromRow({ body, version, at, actor }: Row): KeptForm {
  return { form: printForm.parse(JSON.parse(body)), version, at, by: actor };
}
