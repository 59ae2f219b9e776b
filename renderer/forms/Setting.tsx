import { type KeyboardEvent, useState } from 'react';
import type { CalibrationRefusal } from '../../domain/form/calibration.ts';
import type { Failure } from '../app/failure.ts';
import staffStyles from '../staff/Staff.module.css';
import { t } from '../strings/index.ts';
import { Button } from '../ui/Button.tsx';
import { Icon } from '../ui/Icon.tsx';
import { FailureNotice } from '../ui/Notice.tsx';
import { CalibrationHistory } from './CalibrationHistory.tsx';
import styles from './Forms.module.css';
import { millimetres, shift } from './lengths.ts';
import { Measure } from './Measure.tsx';
import { type SettingProps, type SettingState, useSetting } from './useSetting.ts';

/** A sheet turned by more is 0.5 mm off over its width: to be mended at the guide. */
const STRAIGHT = 0.2;

export const ARROWS: Readonly<Record<string, { x: number; y: number }>> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

/** The way from a printer as it is to one that meets the form, one step under the other (devices.md §3.6). */
export function Setting(props: SettingProps) {
  const { form, path, inForce } = props;
  const setting = useSetting(props);
  const { busy, said } = setting;
  return (
    <div className={styles.columns}>
      <div>
        <Checklist />
        <section className={styles.step} aria-label={t.setting.steps.grid}>
          <h2>{t.setting.steps.grid}</h2>
          <p>{t.setting.gridHint(millimetres(form.width), millimetres(form.height))}</p>
          <Button aria-busy={busy === 'grid'} onClick={() => void setting.print('grid')}>
            {busy === 'grid' ? t.setting.printing : t.setting.printGrid}
          </Button>
        </section>
        <section className={styles.step} aria-label={t.setting.steps.measure}>
          <h2>{t.setting.steps.measure}</h2>
          <Measure form={form} busy={busy !== null} onSolve={(crosses) => void setting.solve(crosses)} />
          <Failed failure={setting.failureOf('grid', 'solve')} />
        </section>
      </div>
      <div>
        <section className={styles.step} aria-label={t.setting.steps.trial}>
          <h2>{t.setting.steps.trial}</h2>
          <Figures setting={setting} isKnown={inForce !== null} />
          <Turn rotation={setting.rotation} />
          <p>{t.setting.trialHint}</p>
          <div className={styles.buttons}>
            <Button aria-busy={busy === 'boxes'} onClick={() => void setting.print('boxes')}>
              {busy === 'boxes' ? t.setting.printing : t.setting.printBoxes}
            </Button>
            <Tune onTune={setting.tune} />
          </div>
        </section>
        <section className={styles.step} aria-label={t.setting.steps.save}>
          <h2>{t.setting.steps.save}</h2>
          <div className={styles.buttons}>
            <Button
              look={setting.isChanged ? 'primary' : 'waiting'}
              aria-disabled={!setting.isChanged}
              aria-busy={busy === 'save'}
              onClick={() => {
                if (setting.isChanged) void setting.save();
              }}
            >
              {t.setting.save}
            </Button>
            {setting.isChanged ? <Button onClick={setting.drop}>{t.setting.drop}</Button> : null}
            <p className={said ? styles.said : styles.idle} role="status">
              {said || (setting.isChanged ? '' : t.setting.unchanged)}
            </p>
          </div>
          <Failed failure={setting.failureOf('boxes', 'save')} />
        </section>
        <CalibrationHistory
          key={inForce?.id ?? ''}
          form={form.id}
          path={path}
          inForce={inForce}
          onGoBack={(row) => void setting.goBack(row)}
        />
      </div>
    </div>
  );
}

function Checklist() {
  return (
    <section className={styles.step} aria-label={t.setting.steps.check}>
      <h2>{t.setting.steps.check}</h2>
      <ul className={styles.checklist}>
        {t.setting.checklist.map((each) => (
          <li key={each}>
            <label>
              <input type="checkbox" />
              {each}
            </label>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Figures({ setting: { values, isChanged }, isKnown }: { setting: SettingState; isKnown: boolean }) {
  return (
    <>
      <dl className={staffStyles.figures}>
        <div>
          <dt>{t.setting.dx}</dt>
          <dd>{t.setting.millimetres(shift(values.dx))}</dd>
        </div>
        <div>
          <dt>{t.setting.dy}</dt>
          <dd>{t.setting.millimetres(shift(values.dy))}</dd>
        </div>
        <div>
          <dt>{t.setting.scaleX}</dt>
          <dd>{values.scaleX.toFixed(4)}</dd>
        </div>
        <div>
          <dt>{t.setting.scaleY}</dt>
          <dd>{values.scaleY.toFixed(4)}</dd>
        </div>
      </dl>
      <p className={isChanged ? staffStyles.near : styles.muted}>
        {isChanged ? t.setting.draft : isKnown ? t.setting.inForce : t.setting.none}
      </p>
    </>
  );
}

function Turn({ rotation }: { rotation: number | null }) {
  if (rotation === null) return null;
  const degrees = rotation.toFixed(1);
  if (Math.abs(rotation) <= STRAIGHT) return <p className={styles.muted}>{t.setting.straight(degrees)}</p>;
  return (
    <p className={styles.warning} role="alert">
      <Icon name="warning" />
      {t.setting.turned(degrees)}
    </p>
  );
}

/** One place for the keys; the four signs are for the mouse. */
function Tune({ onTune }: { onTune(by: { x: number; y: number }): void }) {
  const [isActive, setIsActive] = useState(false);
  const press = (event: KeyboardEvent): void => {
    const by = ARROWS[event.key];
    if (!by) return;
    event.preventDefault();
    onTune(by);
  };
  return (
    <>
      <Button
        aria-label={t.setting.tuneName}
        onKeyDown={press}
        onFocus={() => setIsActive(true)}
        onBlur={() => setIsActive(false)}
      >
        {t.setting.tune}
      </Button>
      <span className={isActive ? styles.active : styles.muted}>{t.setting.tuneHint}</span>
    </>
  );
}

function Failed({ failure }: { failure: Failure | null }) {
  return failure ? <FailureNotice failure={failure}>{reasonOf(failure.details)}</FailureNotice> : null;
}

function reasonOf(details: unknown): string {
  const reason = (details as { reason?: CalibrationRefusal } | null)?.reason;
  return reason ? t.setting.refusals[reason] : '';
}
