import { t } from '../../strings/index.ts';
import { Choice } from '../../ui/Field.tsx';
import styles from '../Office.module.css';
import { Opinions, Part, Parties, PropertyFacts } from '../parts.tsx';
import { putDown } from '../plan.ts';
import { certificatesFor, holderNames } from './certificatesFor.ts';
import type { LaneFace } from './lane.ts';

/** The entry in the register, which completes the registration; numbers are given by the centre. */
export const bookLane: LaneFace = {
  plan: ({ task }) => ({
    done: { label: t.laneBook.done, target: { transition: 'T27' }, missing: null, how: { dialog: 'T27' } },
    back: putDown('BOOK', task),
    more: [],
  }),

  Body({ record, form, set }) {
    const certificates = certificatesFor(record, form);
    const isEither = record.route?.output === 'certificate-or-proof';
    return (
      <>
        <Part title={t.laneBook.makes}>
          {holderNames(record).length > 1 && certificates.length > 0 ? (
            <Choice
              label={t.laneBook.copies}
              value={form.way === 'each' ? 'each' : 'together'}
              options={[
                { value: 'together', text: t.laneBook.together },
                { value: 'each', text: t.laneBook.each },
              ]}
              onChange={(value) => set('way', value)}
            />
          ) : null}
          {isEither ? (
            <Choice
              label={t.laneBook.kind}
              value={form.kind === 'proof' ? 'proof' : 'certificate'}
              options={[
                { value: 'certificate', text: t.laneBook.kinds.certificate },
                { value: 'proof', text: t.laneBook.kinds.proof },
              ]}
              onChange={(value) => set('kind', value)}
            />
          ) : null}
          {certificates.length === 0 ? <p>{t.laneBook.none}</p> : null}
          <ul className={styles.rows}>
            {certificates.map((each) => (
              <li key={each.holders.join()}>
                <b>{each.holders.join(t.listSeparator)}</b>
                <span className={styles.muted}>{t.laneBook.kinds[each.kind]}</span>
              </li>
            ))}
          </ul>
        </Part>
        <Opinions record={record} lanes={['REV1', 'REV2', 'APP']} />
        <Parties record={record} />
        <PropertyFacts record={record} />
      </>
    );
  },
};
