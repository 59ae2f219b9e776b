import { useState } from 'react';
import { useStore } from 'zustand';
import { findMaterial } from '../../../domain/catalogue/catalogue.ts';
import type { MaterialForm } from '../../../domain/catalogue/types.ts';
import { useCatalogue } from '../../app/useCatalogue.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { useWorkspace } from '../workspace.ts';
import { ActFrame } from './ActFrame.tsx';
import styles from './Acts.module.css';
import { Tick } from './Tick.tsx';

/** T16: every paper the notice asked for is ticked as it is handed in; then the clocks go on. */
export function SupplementDialog() {
  const { cases } = useWorkspace();
  const record = useStore(cases, (state) => state.current?.record ?? null);
  const catalogue = useCatalogue(record?.acceptance.catalogueVersion ?? '');
  const [taken, setTaken] = useState<Record<number, MaterialForm | 'seen'>>({});
  const asked = record?.supplements.at(-1)?.missing ?? [];
  const left = asked.filter((_, index) => taken[index] === undefined).map((paper) => paper.text);
  const formsOf = (code: string | undefined): readonly MaterialForm[] =>
    (code === undefined ? undefined : findMaterial(code, catalogue)?.forms) ?? [];
  const toggle = (index: number, on: boolean): void => {
    const { [index]: _gone, ...rest } = taken;
    setTaken(on ? { ...rest, [index]: formsOf(asked[index]?.material)[0] ?? 'seen' } : rest);
  };
  const cycle = (index: number): void => {
    const forms = formsOf(asked[index]?.material);
    const next = forms[(forms.indexOf(taken[index] as MaterialForm) + 1) % forms.length];
    if (next) setTaken({ ...taken, [index]: next });
  };
  return (
    <ActFrame
      act="T16"
      title={t.supplement.title}
      go={t.supplement.go}
      missing={left.length > 0 ? `${t.acts.missingWhy}${t.colon}${left.join(t.listSeparator)}` : null}
      effect={t.supplement.effect}
      advance={() => ({
        received: asked.flatMap(({ material: code }, index) => {
          const form = taken[index];
          if (code === undefined || form === undefined || form === 'seen') return [];
          return [{ code, form, copies: form === 'shared' ? 0 : 1, pages: 0 }];
        }),
      })}
    >
      <div className={styles.ticks}>
        {asked.map((paper, index) => {
          const form = taken[index];
          const forms = formsOf(paper.material);
          return (
            <Tick
              key={paper.text}
              checked={form !== undefined}
              isDefault={index === 0}
              onChange={(on) => toggle(index, on)}
              beside={
                form !== undefined && form !== 'seen' ? (
                  <Button size="small" disabled={forms.length < 2} onClick={() => cycle(index)}>
                    {t.materials.formsFull[form]}
                  </Button>
                ) : null
              }
            >
              {paper.text}
              <span className={styles.hint}>{paper.why}</span>
            </Tick>
          );
        })}
      </div>
    </ActFrame>
  );
}
