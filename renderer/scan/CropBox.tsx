import { type KeyboardEvent, type PointerEvent, useEffect, useRef } from 'react';
import { t } from '../strings/index.ts';
import { type Edge, edgeAt, putEdge, type Rect } from './geometry.ts';
import styles from './Scan.module.css';

const EDGES: readonly Edge[] = ['left', 'top', 'right', 'bottom'];
const CORNERS: readonly (readonly [Edge, Edge])[] = [
  ['left', 'top'],
  ['right', 'top'],
  ['right', 'bottom'],
  ['left', 'bottom'],
];
const STEP = 0.005;
const LONG_STEP = 0.05;

/** The frame over a page: edges for keys and pointer, corners for the pointer. */
export function CropBox({ rect, onChange }: { rect: Rect; onChange(rect: Rect): void }) {
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => sheet.current?.querySelector<HTMLElement>('[role=slider]')?.focus(), []);

  const drag = (event: PointerEvent<HTMLElement>, edges: readonly Edge[]): void => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !sheet.current) return;
    const { left, top, width, height } = sheet.current.getBoundingClientRect();
    const x = (event.clientX - left) / width;
    const y = (event.clientY - top) / height;
    onChange(edges.reduce((at, edge) => putEdge(at, edge, isSide(edge) ? x : y), rect));
  };
  const handle = (edges: readonly Edge[]) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => event.currentTarget.setPointerCapture(event.pointerId),
    onPointerMove: (event: PointerEvent<HTMLElement>) => drag(event, edges),
  });
  const onKeyDown = (event: KeyboardEvent, edge: Edge): void => {
    const direction = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[event.key];
    if (direction === undefined || event.altKey || event.ctrlKey) return;
    event.preventDefault();
    onChange(putEdge(rect, edge, edgeAt(rect, edge) + direction * (event.shiftKey ? LONG_STEP : STEP)));
  };

  const place = {
    '--left': rect.x,
    '--top': rect.y,
    '--width': rect.width,
    '--height': rect.height,
  } as Record<string, number>;
  return (
    <div ref={sheet} className={styles.cropping} style={place}>
      <div className={styles.frame}>
        {EDGES.map((edge) => (
          <div
            key={edge}
            role="slider"
            tabIndex={0}
            className={`${styles.edge} ${styles[edge]}`}
            aria-label={t.scan.edges[edge]}
            aria-orientation={isSide(edge) ? 'horizontal' : 'vertical'}
            aria-valuemin={0}
            aria-valuemax={100}
            aria-valuenow={Math.round(edgeAt(rect, edge) * 100)}
            aria-valuetext={t.scan.edgeAt(Math.round(edgeAt(rect, edge) * 100))}
            onKeyDown={(event) => onKeyDown(event, edge)}
            {...handle([edge])}
          />
        ))}
        {CORNERS.map(([side, level]) => (
          <div
            key={side + level}
            className={`${styles.corner} ${styles[side]} ${styles[level]}`}
            aria-hidden="true"
            {...handle([side, level])}
          />
        ))}
      </div>
    </div>
  );
}

function isSide(edge: Edge): boolean {
  return edge === 'left' || edge === 'right';
}
