import { useStore } from 'zustand';
import { t } from '../../strings/index.ts';
import fieldStyles from '../../ui/Field.module.css';
import styles from '../Form.module.css';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';

export function NoteSection() {
  const { form } = useWorkspace();
  const note = useStore(form, (state) => state.form.note);
  return (
    <section className={styles.section} aria-label={t.note.section}>
      <h2 className={windowStyles.heading}>{t.note.section}</h2>
      <textarea
        className={fieldStyles.input}
        aria-label={t.note.section}
        placeholder={t.note.placeholder}
        rows={1}
        maxLength={4000}
        value={note}
        onChange={(event) => form.getState().change((state) => ({ ...state, note: event.target.value }))}
      />
    </section>
  );
}
