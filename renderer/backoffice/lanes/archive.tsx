import { STATE_NAMES } from '../../../domain/case/states.ts';
import { t } from '../../strings/index.ts';
import { TextField } from '../../ui/Field.tsx';
import styles from '../Office.module.css';
import { Facts, Materials, Part, PropertyFacts } from '../parts.tsx';
import { putDown } from '../plan.ts';
import type { Form } from '../workList.ts';
import { holderNames } from './certificatesFor.ts';
import type { LaneFace } from './lane.ts';

/** `20261123-01` until another number is typed. */
function listOf(form: Form, today: string): string {
  return (form.list ?? `${today.replaceAll('-', '')}-01`).trim();
}

/** One case, one volume; a transfer list takes several. */
export const archiveLane: LaneFace = {
  plan({ task, form, today, marked }) {
    const list = listOf(form, today);
    return {
      done: {
        label: marked > 1 ? t.laneArchive.together(marked) : t.laneArchive.done,
        target: { transition: 'T39' },
        missing: list === '' ? t.office.must(t.laneArchive.list) : null,
        how: { archive: list },
      },
      back: putDown('ARC', task),
      more: [],
    };
  },

  Body({ record, form, today, marked, set }) {
    return (
      <>
        <Part title={t.laneArchive.list}>
          <TextField
            label={t.laneArchive.list}
            placeholder={t.laneArchive.listHint}
            maxLength={40}
            value={form.list ?? listOf(form, today)}
            onChange={(event) => set('list', event.target.value)}
          />
          <p className={styles.muted}>{marked > 1 ? t.laneArchive.chosen(marked) : t.laneArchive.mark}</p>
        </Part>
        <Part title={t.laneArchive.volume}>
          <Facts
            facts={[
              [t.laneArchive.result, STATE_NAMES[record.state]],
              [t.laneCheck.fields.holders, holderNames(record).join(t.listSeparator)],
              ...record.certificates.map(
                ({ number, blank }) => [t.laneCheck.fields.number, `${number} ${blank ?? ''}`] as const,
              ),
            ]}
          />
          <Materials record={record} />
        </Part>
        <PropertyFacts record={record} />
      </>
    );
  },
};
