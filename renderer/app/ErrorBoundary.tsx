import { Component, type ReactNode } from 'react';
import { ERRORS } from '../../contract/errors.ts';
import { citizenFaceIn } from '../../contract/outOfService.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Boot.module.css';
import { OutOfService } from './OutOfService.tsx';

/** A fault in a page never leaves a blank window: the code, the sentence, and the draft is already kept. */
export class ErrorBoundary extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    const face = citizenFaceIn(location.search);
    if (face !== null) {
      return (
        <OutOfService face={face}>
          <h1>{ERRORS.internal}</h1>
          <p>(internal)</p>
        </OutOfService>
      );
    }
    return (
      <main className={styles.boot} role="alert">
        <h1>{ERRORS.internal}</h1>
        <p>(internal)</p>
        <p>{t.broken.kept}</p>
        <Button look="primary" keyName={t.keys.enter} autoFocus onClick={() => location.reload()}>
          {t.broken.again}
        </Button>
      </main>
    );
  }
}
