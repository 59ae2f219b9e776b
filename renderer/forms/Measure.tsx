import { useState } from 'react';
import { measuredCrosses } from '../../domain/form/testPages.ts';
import type { PrintForm } from '../../domain/form/types.ts';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import styles from './Forms.module.css';
import { millimetres, parseMillimetres } from './lengths.ts';
import type { Crosses } from './useSetting.ts';

const CORNERS = ['first', 'last', 'corner'] as const;
const SIDES = ['x', 'y'] as const;
type Corner = (typeof CORNERS)[number];
type Typed = Readonly<Record<`${Corner}.${'x' | 'y'}`, string>>;

const NOTHING: Typed = {
  ...{ 'first.x': '', 'first.y': '', 'last.x': '', 'last.y': '' },
  ...{ 'corner.x': '', 'corner.y': '' },
};

interface MeasureProps {
  form: PrintForm;
  busy: boolean;
  onSolve(crosses: Crosses): void;
}

/** The crosses as they were measured on the paper, in millimetres. Enter in the last field reckons. */
export function Measure({ form, busy, onSolve }: MeasureProps) {
  const [typed, setTyped] = useState<Typed>(NOTHING);
  const [isAsked, setIsAsked] = useState(false);
  const expected = measuredCrosses(form);
  const isCornerLeftOut = typed['corner.x'].trim() === '' && typed['corner.y'].trim() === '';
  const needed = CORNERS.filter((corner) => corner !== 'corner' || !isCornerLeftOut);
  const isWrong = (corner: Corner, side: 'x' | 'y'): boolean =>
    isAsked && needed.includes(corner) && parseMillimetres(typed[`${corner}.${side}`]) === null;
  const read = (corner: Corner): { x: number; y: number } | null => {
    const [x, y] = SIDES.map((side) => parseMillimetres(typed[`${corner}.${side}`]));
    return typeof x === 'number' && typeof y === 'number' ? { x, y } : null;
  };
  const submit = (): void => {
    setIsAsked(true);
    const [first, last, corner] = [read('first'), read('last'), read('corner')];
    if (!first || !last || (!isCornerLeftOut && !corner) || busy) return;
    onSolve({ first, last, ...(corner && { corner }) });
  };
  const hasWrong = CORNERS.some((corner) => SIDES.some((side) => isWrong(corner, side)));
  return (
    <form
      className={styles.measure}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p>{t.setting.measureHint}</p>
      <div className={styles.crosses}>
        {CORNERS.map((corner) => (
          <fieldset key={corner} className={styles.cross}>
            <legend>{t.setting.corners[corner]}</legend>
            <span className={styles.muted}>
              {t.setting.should(millimetres(expected[corner].x), millimetres(expected[corner].y))}
            </span>
            {SIDES.map((side) => (
              <label key={side}>
                {side === 'x' ? t.setting.across : t.setting.down}
                <input
                  className={styles.length}
                  inputMode="decimal"
                  maxLength={6}
                  autoComplete="off"
                  aria-label={t.setting.inCorner(
                    t.setting.corners[corner],
                    side === 'x' ? t.setting.across : t.setting.down,
                  )}
                  aria-invalid={isWrong(corner, side)}
                  value={typed[`${corner}.${side}`]}
                  onChange={(event) => setTyped({ ...typed, [`${corner}.${side}`]: event.target.value })}
                />
              </label>
            ))}
            {corner === 'corner' ? <span className={styles.muted}>{t.setting.optional}</span> : null}
          </fieldset>
        ))}
      </div>
      <div className={styles.buttons}>
        <Button type="submit">{t.setting.solve}</Button>
        <p className={styles.bad} role="status">
          {hasWrong ? t.setting.badNumber : ''}
        </p>
      </div>
    </form>
  );
}
