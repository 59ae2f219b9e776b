import { useState } from 'react';
import type { MethodOutput } from '../../contract/rpc.ts';
import { type Calibration, UNCALIBRATED } from '../../domain/form/calibration.ts';
import type { PrintForm } from '../../domain/form/types.ts';
import { useApp } from '../app/app.ts';
import { type Failure, toFailure } from '../app/failure.ts';
import { t } from '../strings/index.ts';

export type Stored = NonNullable<MethodOutput<'calibration.get'>['calibration']>;
export type Values = Omit<Calibration, 'id'>;
export type How = Stored['how'];

type Act = 'grid' | 'boxes' | 'solve' | 'save';

export interface Crosses {
  first: { x: number; y: number };
  last: { x: number; y: number };
  corner?: { x: number; y: number };
}

export interface SettingProps {
  form: PrintForm;
  path: string;
  inForce: Stored | null;
  /** Something else is in force now. */
  again(): void;
}

export function valuesOf({ dx, dy, scaleX, scaleY }: Values): Values {
  return { dx, dy, scaleX, scaleY };
}

export function isSame(a: Values, b: Values): boolean {
  return a.dx === b.dx && a.dy === b.dy && a.scaleX === b.scaleX && a.scaleY === b.scaleY;
}

/** A calibration in the making: what is in force, what it will be, and what was printed last. */
export function useSetting({ form, path, inForce, again }: SettingProps) {
  const { client } = useApp();
  const before = valuesOf(inForce ?? UNCALIBRATED);
  const [draft, setDraft] = useState<{ values: Values; how: How } | null>(null);
  const [rotation, setRotation] = useState<number | null>(null);
  const [gridWith, setGridWith] = useState<Values>(before);
  const [busy, setBusy] = useState<Act | null>(null);
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<{ at: Act; failure: Failure } | null>(null);
  const values = draft?.values ?? before;

  const attempt = async (what: Act, work: () => Promise<string>): Promise<void> => {
    if (busy !== null) return;
    setBusy(what);
    setSaid('');
    setFailure(null);
    try {
      setSaid(await work());
    } catch (error) {
      setFailure({ at: what, failure: toFailure(error) });
    }
    setBusy(null);
  };

  const print = (test: 'grid' | 'boxes'): Promise<void> =>
    attempt(test, async () => {
      // The grid shows what the printer does with what is in force; the boxes, what it will do.
      const printedWith = test === 'grid' ? before : values;
      const { ms } = await client.call('calibration.print', { form: form.id, test, values: printedWith });
      if (test === 'grid') setGridWith(printedWith);
      return ms === null ? t.setting.slow : t.setting.printed(t.setting[test], (ms / 1000).toFixed(1));
    });

  const solve = (crosses: Crosses): Promise<void> =>
    attempt('solve', async () => {
      const found = await client.call('calibration.solve', { form: form.id, printedWith: gridWith, ...crosses });
      setDraft({ values: found.values, how: 'measured' });
      setRotation(found.rotation);
      return '';
    });

  const put = (next: Values, how: How): Promise<void> =>
    attempt('save', async () => {
      const base = inForce?.id ?? null;
      await client.call('calibration.adjust', { form: form.id, path, base, how, values: next });
      setDraft(null);
      setRotation(null);
      again();
      return t.setting.saved;
    });

  return {
    values,
    before,
    rotation,
    busy,
    said,
    /** @returns what failed of these acts last */
    failureOf: (...acts: readonly Act[]): Failure | null =>
      failure && acts.includes(failure.at) ? failure.failure : null,
    isChanged: !isSame(values, before),
    print,
    solve,
    /** @param by 0.1 mm on the paper */
    tune(by: { x: number; y: number }): void {
      const { dx, dy } = values;
      const tuned = { ...values, dx: round(dx + by.x), dy: round(dy + by.y) };
      setDraft({ values: tuned, how: draft?.how ?? 'adjusted' });
      setSaid('');
    },
    drop(): void {
      setDraft(null);
      setRotation(null);
    },
    save: (): Promise<void> => put(values, draft?.how ?? 'adjusted'),
    goBack: (earlier: Stored): Promise<void> => put(valuesOf(earlier), 'restored'),
  };
}

export type SettingState = ReturnType<typeof useSetting>;

/** Sums of tenths stay tenths. */
function round(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
