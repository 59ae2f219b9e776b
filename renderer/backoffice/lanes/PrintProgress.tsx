import type { PrintJob } from '../../../contract/rpc/certificate.ts';
import { t } from '../../strings/index.ts';
import { useOfficeState } from '../office.ts';
import { Part, Warning } from '../parts.tsx';
import ownStyles from './Print.module.css';

/** How far the bytes are; the paper itself is looked at when they are all gone. */
export function PrintProgress({ job }: { job: PrintJob }) {
  const progress = useOfficeState((state) => (state.progress?.jobId === job.id ? state.progress : null));
  const percent = progress === null ? 0 : Math.floor((100 * progress.sent) / progress.total);
  return (
    <Part title={t.lanePrint.certificates}>
      <p role="status">{t.lanePrint.sending(percent)}</p>
      <progress className={ownStyles.progress} max={100} value={percent} aria-label={t.lanePrint.sending(percent)} />
      {progress?.phase === 'waiting' ? <Warning>{t.lanePrint.waiting}</Warning> : null}
    </Part>
  );
}
