import { useId, useState } from 'react';
import type { FieldChange } from '../../domain/form/edit.ts';
import { FORM_STEPS, type PrintForm } from '../../domain/form/types.ts';
import { t } from '../strings/index.ts';
import { Choice, SelectField } from '../ui/Field.tsx';
import styles from './Forms.module.css';
import { millimetres, parseMillimetres } from './lengths.ts';

interface FieldPanelProps {
  form: PrintForm;
  chosen: number;
  onChoose(index: number): void;
  onChange(by: FieldChange): void;
}

const LENGTHS = ['x', 'y', 'width', 'height'] as const;

/** The chosen field in millimetres, and how its text stands. */
export function FieldPanel({ form, chosen, onChoose, onChange }: FieldPanelProps) {
  const field = form.fields[chosen];
  if (!field) return null;
  return (
    <section className={styles.panel} aria-label={t.editor.field}>
      <SelectField
        label={t.editor.field}
        value={String(chosen)}
        options={form.fields.map(({ label }, index) => ({ value: String(index), text: label }))}
        onChange={(index) => onChoose(Number(index))}
      />
      <div className={styles.lengths}>
        {LENGTHS.map((side) => (
          <Length
            key={`${field.key} ${side} ${field[side]}`}
            label={t.editor[side]}
            tenths={field[side]}
            onChange={(tenths) => onChange({ [side]: tenths })}
          />
        ))}
      </div>
      <p className={styles.muted}>{t.editor.keys}</p>
      {field.key === 'qr' ? null : (
        <>
          <Choice
            label={t.editor.size}
            value={String(field.size)}
            options={FORM_STEPS.map((size) => ({ value: String(size), text: t.editor.points(size) }))}
            onChange={(size) => onChange({ size: FORM_STEPS.find((each) => String(each) === size) ?? field.size })}
          />
          <Choice
            label={t.editor.font}
            value={field.font}
            options={(['song', 'hei'] as const).map((value) => ({ value, text: t.editor.fonts[value] }))}
            onChange={(font) => onChange({ font })}
          />
          <Choice
            label={t.editor.align}
            value={field.align}
            options={(['left', 'center', 'right'] as const).map((value) => ({ value, text: t.editor.aligns[value] }))}
            onChange={(align) => onChange({ align })}
          />
          <Choice
            label={t.editor.vertical}
            value={field.vertical}
            options={(['top', 'middle'] as const).map((value) => ({ value, text: t.editor.verticals[value] }))}
            onChange={(vertical) => onChange({ vertical })}
          />
          <label className={styles.check}>
            <input
              type="checkbox"
              checked={field.wrap}
              onChange={(event) => onChange({ wrap: event.target.checked })}
            />
            {t.editor.wrap}
          </label>
        </>
      )}
    </section>
  );
}

/** Typed in millimetres; taken with Enter or on leaving, when it is a length. */
function Length({ label, tenths, onChange }: { label: string; tenths: number; onChange(tenths: number): void }) {
  const id = useId();
  const [typed, setTyped] = useState(millimetres(tenths));
  const parsed = parseMillimetres(typed);
  const take = (): void => {
    if (parsed !== null && Math.round(parsed) !== tenths) onChange(Math.round(parsed));
  };
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className={styles.length}
        inputMode="decimal"
        maxLength={6}
        autoComplete="off"
        aria-invalid={parsed === null}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => {
          if (event.key === 'Enter') take();
        }}
      />
      <span className={styles.muted}>{t.editor.unit}</span>
    </div>
  );
}
