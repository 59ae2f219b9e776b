import { useState } from 'react';
import { useStore } from 'zustand';
import { asksProjectKind } from '../../../domain/catalogue/promise.ts';
import type { Item, ProjectKind } from '../../../domain/catalogue/types.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Chip } from '../../ui/Notice.tsx';
import styles from '../Form.module.css';
import { useForm } from '../useForm.ts';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';
import { ItemChooser } from './ItemChooser.tsx';

export function ItemSection() {
  const { item } = useForm();
  const [changing, setChanging] = useState(false);
  return (
    <section aria-label={t.item.section}>
      <h2 className={windowStyles.heading}>{t.item.section}</h2>
      {item && !changing ? (
        <>
          <div className={styles.item}>
            <p className={styles.itemName} title={item.name}>
              <span>{item.code}</span>
              {item.name}
            </p>
            <Chip>{t.item[item.applicancy]}</Chip>
            <Button look="plain" onClick={() => setChanging(true)}>
              {t.item.change}
            </Button>
          </div>
          <FloorHint item={item} />
          {asksProjectKind(item) ? <ProjectKindQuestion /> : null}
        </>
      ) : (
        <ItemChooser focused={changing} onDone={() => setChanging(false)} />
      )}
    </section>
  );
}

/** Said, not forbidden: a hall may be short of windows on one floor (S31). */
function FloorHint({ item }: { item: Item }) {
  const { app } = useWorkspace();
  const floor = useStore(app.session, (state) => state.info?.floor);
  if (floor !== 2 || item.floor === 2) return null;
  return (
    <p className={styles.hint} role="note">
      <Icon name="warning" />
      {t.item.otherFloor}
    </p>
  );
}

function ProjectKindQuestion() {
  const { form } = useWorkspace();
  const projectKind = useStore(form, (state) => state.form.projectKind);
  return (
    <Choice<ProjectKind>
      label={t.item.projectKind}
      path="projectKind"
      value={projectKind}
      onChange={(value) => form.getState().change((state) => ({ ...state, projectKind: value }), { now: true })}
      options={(['INDUSTRIAL', 'DEVELOPER'] as const).map((value) => ({ value, text: t.item.projectKinds[value] }))}
    />
  );
}
