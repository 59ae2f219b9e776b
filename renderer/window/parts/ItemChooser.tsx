import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react';
import { itemsOfferedAt } from '../../../domain/catalogue/offered.ts';
import { t } from '../../strings/index.ts';
import styles from '../Form.module.css';
import { chooseItem } from '../form/formActions.ts';
import { groupItems, searchItems } from '../form/itemSearch.ts';
import { useForm } from '../useForm.ts';
import { useWorkspace } from '../workspace.ts';
import chooser from './ItemChooser.module.css';

/** Type to filter, arrows and Enter to choose. Always open; the list scrolls inside itself, the page never does. */
export function ItemChooser({ focused, onDone }: { focused: boolean; onDone(): void }) {
  const workspace = useWorkspace();
  const { catalogue, counter } = useForm();
  const [typed, setTyped] = useState('');
  const [moved, setMoved] = useState<number | null>(null);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const groups = groupItems(searchItems(itemsOfferedAt(catalogue, counter), typed));
  const found = groups.flatMap(({ items }) => items);
  const active = moved ?? (typed === '' ? -1 : 0);
  const activeCode = found[active]?.code;

  useEffect(() => {
    if (activeCode) list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    else list.current?.scrollTo({ top: 0 });
  }, [activeCode]);

  const choose = (code: string): void => {
    workspace.form.getState().change((form) => chooseItem(form, code), { now: true });
    onDone();
    workspace.focusNext();
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    if (event.nativeEvent.isComposing) return;
    if (event.altKey) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      const step = event.key === 'ArrowDown' ? 1 : -1;
      setMoved(Math.min(found.length - 1, Math.max(0, active + step)));
    } else if (event.key === 'Enter' && activeCode) {
      event.preventDefault();
      choose(activeCode);
    } else if (event.key === 'Escape' && (typed !== '' || focused)) {
      event.preventDefault();
      setTyped('');
      setMoved(null);
      onDone();
    }
  };

  return (
    <div>
      <input
        className={styles.wide}
        data-field="itemCode"
        role="combobox"
        aria-label={t.item.section}
        aria-expanded="true"
        aria-autocomplete="list"
        aria-controls={id}
        aria-activedescendant={activeCode ? `${id}-${activeCode}` : undefined}
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
      <div ref={list} className={chooser.list} id={id} role="listbox" tabIndex={-1} aria-label={t.item.list}>
        {groups.map(({ group, items }) => (
          // biome-ignore lint/a11y/useSemanticElements: a group of options of a listbox; fieldset is not allowed in one
          <div key={group} role="group" aria-labelledby={`${id}-group-${group}`}>
            <div id={`${id}-group-${group}`} className={chooser.heading} role="presentation">
              {t.item.groups[group]}
              <span>{t.item.count(items.length)}</span>
            </div>
            <div className={chooser.columns} role="presentation">
              {items.map((item) => (
                <div
                  key={item.code}
                  id={`${id}-${item.code}`}
                  className={chooser.option}
                  role="option"
                  tabIndex={-1}
                  title={item.name}
                  aria-selected={item.code === activeCode}
                  onPointerDown={(event) => {
                    event.preventDefault();
                    choose(item.code);
                  }}
                >
                  <span className={styles.code}>{item.code}</span>
                  <span className={chooser.name}>{item.name}</span>
                </div>
              ))}
            </div>
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
