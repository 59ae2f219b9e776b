import type { ComponentProps } from 'react';
import { t } from '../../strings/index.ts';
import { CheckedField } from '../../ui/CheckedField.tsx';
import { SelectField } from '../../ui/Field.tsx';
import { type CodedPath, FIELD_CODES, type FieldPath } from '../form/fields.ts';
import { setField } from '../form/formActions.ts';
import { useForm, useSentences } from '../useForm.ts';
import { useWorkspace } from '../workspace.ts';

type DetailFieldProps = Omit<ComponentProps<typeof CheckedField>, 'value' | 'problem' | 'path'> & { path: FieldPath };

/** One field of those that only some items ask for, typed. */
export function DetailField({ path, ...rest }: DetailFieldProps) {
  const workspace = useWorkspace();
  const { form } = useForm();
  const problem = useSentences().get(path);
  return (
    <CheckedField
      {...rest}
      path={path}
      value={form.fields[path] ?? ''}
      problem={problem}
      onChange={(event) => workspace.form.getState().change((state) => setField(state, path, event.target.value))}
    />
  );
}

/** One of a code list (domain.md §4.10). Nothing is chosen until the clerk does. */
export function CodeField<P extends CodedPath>({
  path,
  label,
  name,
  only,
}: {
  path: P;
  label: string;
  /** Read out instead of a label that is short for want of room. */
  name?: string;
  /** Part of the list; all by default. */
  only?: readonly (keyof (typeof FIELD_CODES)[P] & string)[];
}) {
  const workspace = useWorkspace();
  const { form } = useForm();
  const list: Readonly<Record<string, { name: string }>> = FIELD_CODES[path];
  const keys: readonly string[] = only ?? Object.keys(list);
  return (
    <SelectField
      label={label}
      name={name}
      path={path}
      value={form.fields[path] ?? ''}
      options={[
        { value: '', text: t.details.choose },
        ...keys.map((value) => ({ value, text: list[value]?.name ?? value })),
      ]}
      onChange={(value) => workspace.form.getState().change((state) => setField(state, path, value), { now: true })}
    />
  );
}
