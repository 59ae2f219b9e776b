import { t } from '../strings/index.ts';
import supervisor from '../supervisor/Supervisor.module.css';
import { Outbox } from './Outbox.tsx';

/** The outbox of the machine on which this page stands, among a supervisor's pages. */
export function OutboxPage() {
  return (
    <div className={supervisor.page}>
      <h1 className="visually-hidden">{t.outbox.title}</h1>
      <Outbox />
    </div>
  );
}
