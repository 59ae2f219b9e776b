import { useStore } from 'zustand';
import type { PartyRole } from '../../../domain/case/types.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FactList } from '../../ui/FactList.tsx';
import { FailureNotice } from '../../ui/Notice.tsx';
import { detailRows } from '../case/detailRows.ts';
import { toAcceptanceDraft } from '../form/formDraft.ts';
import { useForm } from '../useForm.ts';
import { useWorkspace } from '../workspace.ts';
import styles from './Dialogs.module.css';

/** Names the thing before the irreversible act; the default button does it (faces.md). */
export function ConfirmDialog() {
  const workspace = useWorkspace();
  const { form, item, catalogue } = useForm();
  const accepting = useStore(workspace.form, (state) => state.accepting);
  const failure = useStore(workspace.form, (state) => state.acceptFailure);
  const draft = toAcceptanceDraft(form, catalogue);
  const named = (role: PartyRole) => draft.parties.filter((party) => party.role === role).map(({ name }) => name);
  const copies = draft.materials.reduce((sum, material) => sum + material.copies, 0);
  const close = (): void => {
    if (!accepting) workspace.view.setState({ overlay: 'none' });
  };
  const rows: [string, string][] = [
    [t.confirm.item, item ? `${item.code} ${item.name}` : ''],
    ...(draft.projectKind ? [[t.item.projectKind, t.item.projectKinds[draft.projectKind]] as [string, string]] : []),
    [t.confirm.holder, named('holder').join(t.listSeparator) || t.confirm.none],
    ...(['obligor', 'agent'] as const).flatMap((role): [string, string][] =>
      named(role).length === 0 ? [] : [[t.party.roles[role], named(role).join(t.listSeparator)]],
    ),
    [t.confirm.property, draft.property.location],
    ...detailRows(draft),
    [t.confirm.materials, t.confirm.materialCount(draft.materials.length, copies)],
  ];
  return (
    <Dialog
      title={t.confirm.title}
      onClose={close}
      scrolls
      actions={
        <>
          <Button keyName={t.keys.esc} onClick={close}>
            {t.confirm.cancel}
          </Button>
          <Button
            look="primary"
            keyName={t.keys.enter}
            data-default
            aria-busy={accepting}
            onClick={() => void workspace.accept()}
          >
            {accepting ? t.action.accepting : t.confirm.go}
          </Button>
        </>
      }
    >
      <FactList facts={rows} className={styles.rows} />
      {failure ? (
        <FailureNotice failure={failure}>{t.action.retrySafe}</FailureNotice>
      ) : (
        <p className={styles.effect}>{t.confirm.effect}</p>
      )}
    </Dialog>
  );
}
