import { useCallback, useState } from 'react';
import type { MethodOutput } from '../../contract/rpc.ts';
import { useApp } from '../app/app.ts';
import { useQuestion } from '../app/useQuestion.ts';
import staffStyles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { SelectField } from '../ui/Field.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import styles from './Forms.module.css';
import { Setting } from './Setting.tsx';

type Forms = MethodOutput<'forms.list'>['forms'];
const PATHS = ['front', 'rear'] as const;

/** 套打校准: shift and scale of the certificate printer of this machine, for one form and one paper path. */
export function CalibrationPage() {
  const { client } = useApp();
  const load = useCallback(() => client.call('forms.list', {}), [client]);
  const { value, failure } = useQuestion(load);
  if (failure) return <FailureNotice failure={failure} />;
  return value ? <Chosen forms={value.forms} /> : <Skeleton label={t.oversight.reading} />;
}

function Chosen({ forms }: { forms: Forms }) {
  const { client } = useApp();
  const [form, setForm] = useState(forms[0]?.id ?? '');
  const [chosen, setChosen] = useState<string | null>(null);
  const load = useCallback(async () => {
    const [inForce, paper] = await Promise.all([
      client.call('calibration.get', { form, ...(chosen !== null && { path: chosen }) }),
      client.call('forms.get', { form }),
    ]);
    // Without a path asked for it is the one of the configuration.
    return { ...inForce, paper: paper.form };
  }, [client, form, chosen]);
  const { value, failure, again } = useQuestion(load);
  const [configured, setConfigured] = useState<string | null>(null);
  if (value && chosen === null && configured === null) setConfigured(value.path);
  const path = chosen ?? configured ?? '';
  const paths = [...new Set([...(configured === null ? [] : [configured]), ...PATHS])];
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t.setting.title}</h1>
      <div className={styles.tools}>
        <SelectField
          label={t.setting.form}
          value={form}
          options={forms.map(({ id, name }) => ({ value: id, text: name }))}
          onChange={setForm}
        />
        <SelectField
          label={t.setting.path}
          value={path}
          options={paths.map((each) => ({ value: each, text: nameOf(each) }))}
          onChange={setChosen}
        />
        {value?.printer ? (
          <p className={styles.printer}>
            <span>{t.setting.printer}</span> {value.printer}
          </p>
        ) : null}
      </div>
      {configured !== null && path !== configured ? <p className={styles.note}>{t.setting.otherPathHint}</p> : null}
      {failure ? <FailureNotice failure={failure} /> : null}
      {value?.printer === null ? <p className={staffStyles.empty}>{t.setting.noPrinter}</p> : null}
      {value && value.printer !== null && value.paper.id === form && value.path === path ? (
        <Setting key={`${form} ${path}`} form={value.paper} path={path} inForce={value.calibration} again={again} />
      ) : null}
    </div>
  );
}

function nameOf(path: string): string {
  const known: Readonly<Record<string, string>> = t.setting.paths;
  return known[path] ?? t.setting.otherPath(path);
}
