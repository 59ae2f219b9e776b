import type { Failure } from '../app/failure.ts';
import { Icon } from '../ui/Icon.tsx';
import styles from './Failed.module.css';

/** One sentence under the thing it is about. */
export function Failed({ failure }: { failure: Pick<Failure, 'message'> | null }) {
  return (
    <p className={styles.failed} role="alert">
      {failure ? (
        <>
          <Icon name="warning" />
          {failure.message}
        </>
      ) : null}
    </p>
  );
}
