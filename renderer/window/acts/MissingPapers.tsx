import { useState } from 'react';
import type { MissingPaper } from '../../../domain/case/progress.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import styles from './Acts.module.css';

/** Everything that must be brought, named once; why each is not there stands beside it and may be said better. */
export function MissingPapers({
  papers,
  onChange,
}: {
  papers: readonly MissingPaper[];
  onChange(papers: MissingPaper[]): void;
}) {
  const [other, setOther] = useState('');
  const add = (): void => {
    if (other.trim() === '') return;
    onChange([...papers, { text: other.trim(), why: t.refuse.whyUsual }]);
    setOther('');
  };
  return (
    <section className={styles.group} aria-label={t.refuse.missing}>
      <p className={styles.groupHead}>
        <b>{t.refuse.missing}</b>
        <span className={styles.hint}>{papers.length === 0 ? t.refuse.nothing : t.refuse.missingHint}</span>
      </p>
      <ol className={styles.papers}>
        {papers.map((paper, index) => (
          <li key={paper.material ?? paper.text}>
            <span>
              {index + 1}. {paper.text}
            </span>
            <input
              className={styles.area}
              aria-label={`${paper.text}${t.colon}${t.refuse.why}`}
              value={paper.why}
              maxLength={500}
              onChange={(event) =>
                onChange(papers.map((each) => (each === paper ? { ...paper, why: event.target.value } : each)))
              }
            />
          </li>
        ))}
      </ol>
      <div className={styles.addRow}>
        <TextField
          label={t.refuse.other}
          value={other}
          maxLength={200}
          onChange={(event) => setOther(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || other.trim() === '') return;
            event.preventDefault();
            add();
          }}
        />
        <Button size="small" onClick={add}>
          {t.refuse.addOther}
        </Button>
      </div>
    </section>
  );
}
