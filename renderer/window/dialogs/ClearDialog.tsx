import { useStore } from 'zustand';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { useWorkspace } from '../workspace.ts';
import styles from './Dialogs.module.css';

/** Throwing typed data away is irreversible: asked, and the safe button is the default. */
export function ClearDialog() {
  const workspace = useWorkspace();
  const name = useStore(workspace.form, (state) => state.form.parties[0]?.name ?? '');
  const close = (): void => workspace.view.setState({ overlay: 'none' });
  return (
    <Dialog
      title={t.clear.title}
      onClose={close}
      actions={
        <>
          <Button
            look="danger"
            onClick={() => {
              workspace.form.getState().clear();
              workspace.view.setState({ handEntry: null, returning: [] });
              close();
              workspace.focusOn('itemCode');
            }}
          >
            {t.clear.go}
          </Button>
          <Button look="primary" keyName={t.keys.enter} data-default onClick={close}>
            {t.clear.cancel}
          </Button>
        </>
      }
    >
      <p className={styles.effect}>{t.clear.effect(name)}</p>
    </Dialog>
  );
}
