import { type KeyboardEvent, type PointerEvent, useMemo, useRef } from 'react';
import type { FieldChange } from '../../domain/form/edit.ts';
import type { FormArea, PrintForm } from '../../domain/form/types.ts';
import { t } from '../strings/index.ts';
import { ScrollRegion } from '../ui/ScrollRegion.tsx';
import styles from './Forms.module.css';
import { millimetres } from './lengths.ts';
import { useAddress } from './pictures.ts';
import { ARROWS } from './Setting.tsx';

type Step = (index: number, by: { x: number; y: number }) => void;

interface FormSheetProps {
  form: PrintForm;
  chosen: number;
  /** Address of the scanned form, over the whole sheet. */
  background: string | null;
  /** SVG documents of the sheet. */
  sample: readonly string[];
  isLarge: boolean;
  onChoose(index: number): void;
  onMove: Step;
  onResize: Step;
  /** Dragged. @param isOngoing more of the same drag */
  onPlace(index: number, place: FieldChange, isOngoing: boolean): void;
}

interface Drag {
  index: number;
  what: 'move' | 'resize';
  from: { x: number; y: number };
  /** The field as it was taken hold of: at the edge of the page it waits for the mouse. */
  start: FormArea;
  hasMoved: boolean;
}

/** The sheet in its own proportions; every field a button that is dragged, or moved by the arrow keys. */
export function FormSheet(props: FormSheetProps) {
  const { form, chosen, background, sample, isLarge, onChoose, onMove, onResize, onPlace } = props;
  const sheet = useRef<HTMLDivElement>(null);
  const drag = useRef<Drag | null>(null);

  const grab = (event: PointerEvent<HTMLElement>, index: number, what: Drag['what']): void => {
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    onChoose(index);
    const start = form.fields[index];
    if (!start) return;
    drag.current = { index, what, from: { x: event.clientX, y: event.clientY }, start, hasMoved: false };
  };
  const follow = (event: PointerEvent): void => {
    const { current } = drag;
    const width = sheet.current?.clientWidth ?? 0;
    if (!current || width === 0) return;
    const tenths = form.width / width;
    const x = Math.round((event.clientX - current.from.x) * tenths);
    const y = Math.round((event.clientY - current.from.y) * tenths);
    if (x === 0 && y === 0 && !current.hasMoved) return;
    const { start, what } = current;
    const place =
      what === 'move' ? { x: start.x + x, y: start.y + y } : { width: start.width + x, height: start.height + y };
    onPlace(current.index, place, current.hasMoved);
    current.hasMoved = true;
  };
  const drop = (): void => {
    drag.current = null;
  };
  const press = (event: KeyboardEvent, index: number): void => {
    const arrow = ARROWS[event.key];
    if (!arrow) return;
    event.preventDefault();
    const step = event.shiftKey ? 10 : 1;
    const by = { x: arrow.x * step, y: arrow.y * step };
    (event.ctrlKey ? onResize : onMove)(index, by);
  };
  return (
    <ScrollRegion className={styles.desk} aria-label={t.editor.sheet(form.name)}>
      <div
        ref={sheet}
        className={`${styles.sheet} ${isLarge ? styles.large : ''}`}
        style={{ aspectRatio: `${form.width} / ${form.height}` }}
      >
        {background ? <img src={background} alt="" /> : null}
        {sample.map((svg) => (
          <Drawing key={svg} svg={svg} />
        ))}
        {form.keepFree.map((area) => (
          <span key={area.label} className={styles.kept} style={placeIn(area, form)}>
            {area.label}
          </span>
        ))}
        {form.fields.map((field, index) => (
          <button
            key={field.key}
            type="button"
            className={styles.box}
            style={placeIn(field, form)}
            aria-label={t.editor.fieldName(
              field.label,
              ...([field.x, field.y, field.width, field.height].map((tenths) => millimetres(tenths)) as Quad),
            )}
            aria-pressed={index === chosen}
            onFocus={() => onChoose(index)}
            onKeyDown={(event) => press(event, index)}
            onPointerDown={(event) => grab(event, index, 'move')}
            onPointerMove={follow}
            onPointerUp={drop}
            onPointerCancel={drop}
          >
            {sample.length > 0 ? null : <span className={styles.name}>{field.label}</span>}
            {index === chosen ? (
              <span
                className={styles.corner}
                aria-hidden="true"
                onPointerDown={(event) => grab(event, index, 'resize')}
                onPointerMove={follow}
                onPointerUp={drop}
                onPointerCancel={drop}
              />
            ) : null}
          </button>
        ))}
      </div>
    </ScrollRegion>
  );
}

type Quad = [string, string, string, string];

function placeIn({ x, y, width, height }: FormArea, form: PrintForm) {
  const share = (length: number, whole: number): string => `${(100 * length) / whole}%`;
  return {
    left: share(x, form.width),
    top: share(y, form.height),
    width: share(width, form.width),
    height: share(height, form.height),
  };
}

function Drawing({ svg }: { svg: string }) {
  const address = useAddress(useMemo(() => new Blob([svg], { type: 'image/svg+xml' }), [svg]));
  return address ? <img className={styles.ink} src={address} alt="" /> : null;
}
