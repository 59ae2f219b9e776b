import { useCallback, useState } from 'react';
import type { MethodOutput } from '../../contract/rpc.ts';
import { useApp } from '../app/app.ts';
import { localMinute } from '../app/format.ts';
import { useQuestion } from '../app/useQuestion.ts';
import { nameOf, usePeople } from '../blanks/useBlanks.ts';
import { t } from '../strings/index.ts';
import { SelectField } from '../ui/Field.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { Skeleton } from '../ui/Skeleton.tsx';
import { FormEditor } from './FormEditor.tsx';
import styles from './Forms.module.css';

type Forms = MethodOutput<'forms.list'>['forms'];

/** 版式: where on a form each text is printed, over a scanned blank form. */
export function FormEditorPage() {
  const { client } = useApp();
  const load = useCallback(() => client.call('forms.list', {}), [client]);
  const { value, failure } = useQuestion(load);
  if (failure) return <FailureNotice failure={failure} />;
  return value ? <Chosen forms={value.forms} /> : <Skeleton label={t.oversight.reading} />;
}

function Chosen({ forms }: { forms: Forms }) {
  const { client } = useApp();
  const people = usePeople();
  const [id, setId] = useState(forms[0]?.id ?? '');
  const [version, setVersion] = useState<number | null>(null);
  const load = useCallback(
    () => client.call('forms.get', { form: id, ...(version !== null && { version }) }),
    [client, id, version],
  );
  const { value, failure, again } = useQuestion(load);
  const kept = value?.versions ?? [];
  const versions = [...kept.map((each) => each.version), 0];
  const describe = (each: number): string => {
    const by = kept.find((one) => one.version === each);
    const name = t.editor.version(each);
    return by ? [name, localMinute(by.at), nameOf(people, by.by)].join(t.separator) : name;
  };
  return (
    <div className={styles.page}>
      <h1 className="visually-hidden">{t.editor.title}</h1>
      <div className={styles.tools}>
        <SelectField
          label={t.setting.form}
          value={id}
          options={forms.map((form) => ({ value: form.id, text: form.name }))}
          onChange={(chosen) => {
            setId(chosen);
            setVersion(null);
          }}
        />
        {value ? (
          <SelectField
            label={t.editor.versionLabel}
            value={String(value.version)}
            options={versions.map((each) => ({ value: String(each), text: describe(each) }))}
            onChange={(chosen) => setVersion(Number(chosen))}
          />
        ) : null}
      </div>
      {failure ? <FailureNotice failure={failure} /> : null}
      {value && value.form.id === id ? (
        <FormEditor
          key={id}
          form={value.form}
          version={value.version}
          newest={value.newest}
          onSaved={() => {
            setVersion(null);
            again();
          }}
        />
      ) : null}
    </div>
  );
}
