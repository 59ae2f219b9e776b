import { useStore } from 'zustand';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useWorkspace } from '../workspace.ts';
import details from './Details.module.css';

/** A form under way keeps its catalogue; that a newer one came is said, and the clerk may go over to it. */
export function NewerCatalogue() {
  const { app, form } = useWorkspace();
  const version = useStore(form, (state) => state.form.catalogueVersion);
  const current = useStore(app.reference, (state) => state.catalogue.version);
  if (version === '' || version === current) return null;
  return (
    <p className={details.newer} role="status">
      <Icon name="warning" />
      {t.item.newer(version, current)}
      <Button
        size="small"
        onClick={() => form.getState().change((state) => ({ ...state, catalogueVersion: current }), { now: true })}
      >
        {t.item.useNewer}
      </Button>
    </p>
  );
}
