import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import styles from './Dialog.module.css';

interface DialogProps {
  title: string;
  onClose(): void;
  children: ReactNode;
  actions?: ReactNode;
  className?: string | undefined;
  /** A heading drawn elsewhere in the content. */
  hideTitle?: boolean;
  /** The content may be longer than the screen. */
  scrolls?: boolean;
  /** The dialog is a form: Enter in a field does what the submit button does. */
  onSubmit?: () => void;
}

/**
 * The element with `data-default` gets the focus. The platform's own modal dialog: top layer, inert background, focus kept inside and given back, Esc closes. Used for
 * irreversible acts and for overlays (ADR in README: lighter than a library's modal and no injected style).
 */
export function Dialog({
  title,
  onClose,
  children,
  actions,
  className,
  hideTitle = false,
  scrolls = false,
  onSubmit,
}: DialogProps) {
  const element = useRef<HTMLDialogElement>(null);
  const id = useId();
  // Before the element leaves the page: only then does the platform give the focus back to where it was.
  useLayoutEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    const before = document.activeElement;
    const isByMouse = before instanceof HTMLElement && !before.matches(':focus-visible');
    dialog.showModal();
    dialog.querySelector<HTMLElement>('[data-default]')?.focus();
    return () => {
      dialog.close();
      // A button that was clicked does not keep Enter from what the page says it does.
      if (isByMouse) before.blur();
    };
  }, []);
  return (
    <dialog
      ref={element}
      className={`${styles.dialog} ${className ?? ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <h2 id={id} className={hideTitle ? 'visually-hidden' : styles.title}>
        {title}
      </h2>
      <Content onSubmit={onSubmit}>
        {/* A long body scrolls, so it must be reachable by keyboard (WCAG 2.1.1). */}
        <div className={styles.body} {...(scrolls ? { tabIndex: 0, role: 'region', 'aria-labelledby': id } : {})}>
          {children}
        </div>
        {actions === undefined ? null : <div className={styles.actions}>{actions}</div>}
      </Content>
    </dialog>
  );
}

function Content({ onSubmit, children }: { onSubmit: (() => void) | undefined; children: ReactNode }) {
  if (!onSubmit) return children;
  return (
    <form
      className={styles.content}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}
