import { type KeyboardEvent, useId, useState } from 'react';
import { useStore } from 'zustand';
import { CATALOGUE, findItem } from '../../../domain/catalogue/catalogue.ts';
import { t } from '../../strings/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Chip } from '../../ui/Notice.tsx';
import styles from '../Form.module.css';
import { chooseItem } from '../form/formActions.ts';
import { searchItems } from '../form/itemSearch.ts';
import windowStyles from '../Window.module.css';
import { useWorkspace } from '../workspace.ts';

export function ItemSection() {
  const { form } = useWorkspace();
  const code = useStore(form, (state) => state.form.itemCode);
  const [changing, setChanging] = useState(false);
  const item = findItem(code);
  return (
    <section aria-label={t.item.section}>
      <h2 className={windowStyles.heading}>{t.item.section}</h2>
      {item && !changing ? (
        <div className={styles.item}>
          <p className={styles.itemName}>
            <span>{item.code}</span>
            {item.name}
          </p>
          <Chip>{t.item[item.applicancy]}</Chip>
          <Button look="plain" onClick={() => setChanging(true)}>
            {t.item.change}
          </Button>
        </div>
      ) : (
        <Chooser focused={changing} onDone={() => setChanging(false)} />
      )}
    </section>
  );
}

/** Type to filter, arrows and Enter to choose. The list is always open: fifteen items need no popup. */
function Chooser({ focused, onDone }: { focused: boolean; onDone(): void }) {
  const workspace = useWorkspace();
  const [typed, setTyped] = useState('');
  const [moved, setMoved] = useState<number | null>(null);
  const id = useId();
  const found = searchItems(CATALOGUE.items, typed);
  const active = moved ?? (typed === '' ? -1 : 0);

  const choose = (index: number): void => {
    const item = found[index];
    if (!item) return;
    workspace.form.getState().change((form) => chooseItem(form, item.code), { now: true });
    onDone();
    workspace.focusNext();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setMoved(Math.min(found.length - 1, Math.max(0, active + step)));
    } else if (event.key === 'Enter' && active >= 0) {
      event.preventDefault();
      choose(active);
    } else if (event.key === 'Escape' && (typed !== '' || focused)) {
      event.preventDefault();
      setTyped('');
      setMoved(null);
      onDone();
    }
  };

  return (
    <div className={styles.chooser}>
      <input
        className={styles.wide}
        data-field="itemCode"
        role="combobox"
        aria-label={t.item.section}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={id}
        aria-activedescendant={active >= 0 && found[active] ? `${id}-${found[active].code}` : undefined}
        placeholder={t.item.placeholder}
        autoComplete="off"
        spellCheck={false}
        lang="en"
        value={typed}
        ref={(element) => {
          if (focused) element?.focus();
        }}
        onChange={(event) => {
          setTyped(event.target.value);
          setMoved(null);
        }}
        onKeyDown={onKeyDown}
      />
      <div className={styles.options} id={id} role="listbox" aria-label={t.item.list}>
        {found.map((item, index) => (
          <div
            key={item.code}
            id={`${id}-${item.code}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onPointerDown={(event) => {
              event.preventDefault();
              choose(index);
            }}
          >
            <span className={styles.code}>{item.code}</span>
            {item.name}
          </div>
        ))}
      </div>
      {found.length === 0 ? (
        <p className={styles.small} role="status">
          {t.item.nothing}
        </p>
      ) : null}
    </div>
  );
}
