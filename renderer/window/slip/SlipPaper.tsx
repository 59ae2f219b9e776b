import { useEffect, useMemo, useState } from 'react';
import type { SlipDocument } from '../../../domain/slip/document.ts';
import { t } from '../../strings/index.ts';
import { type DrawnPiece, LINE_DOTS, layoutSlip, readSlip } from './layoutSlip.ts';
import styles from './Slip.module.css';
import type { SymbolPath } from './symbols.ts';

type Symbols = typeof import('./symbols.ts');

const MARGIN = 24;

/** The slip as paper: the printer's own 576 dots across, its columns, and symbols a scanner reads. */
export function SlipPaper({ document, provisional = false }: { document: SlipDocument; provisional?: boolean }) {
  const layout = useMemo(() => layoutSlip(document), [document]);
  const [symbols, setSymbols] = useState<Symbols | null>(null);
  useEffect(() => {
    let current = true;
    if (!provisional) {
      void import('./symbols.ts').then((loaded) => {
        if (current) setSymbols(loaded);
      });
    }
    return () => {
      current = false;
    };
  }, [provisional]);
  return (
    <figure className={styles.slip} data-testid="slip-paper">
      <svg
        viewBox={`${-MARGIN} ${-MARGIN} ${layout.width + 2 * MARGIN} ${layout.height + 2 * MARGIN}`}
        aria-hidden="true"
        focusable="false"
      >
        {layout.pieces.map((piece) => (
          <Piece key={keyOf(piece)} piece={piece} symbols={symbols} width={layout.width} />
        ))}
      </svg>
      <figcaption className="visually-hidden">
        {t.slip.region}
        {readSlip(document).join(' ')}
      </figcaption>
    </figure>
  );
}

function keyOf(piece: DrawnPiece): string {
  return `${piece.kind} ${piece.y} ${piece.kind === 'text' ? piece.runs[0]?.xs[0] : ''}`;
}

interface PieceProps {
  piece: DrawnPiece;
  symbols: Symbols | null;
  width: number;
}

function Piece({ piece, symbols, width }: PieceProps) {
  switch (piece.kind) {
    case 'rule':
      return <line x1="0" x2={width} y1={piece.y} y2={piece.y} className={styles.rule} />;
    case 'text':
      return (
        <text y={piece.y + LINE_DOTS * piece.size * 0.76} className={piece.bold ? styles.bold : styles.text}>
          {piece.runs.map((run) => (
            <tspan
              key={run.xs[0]}
              x={run.xs.join(' ')}
              fontSize={(run.wide ? 24 : 20) * piece.size}
              className={run.wide ? undefined : styles.narrow}
            >
              {run.text}
            </tspan>
          ))}
        </text>
      );
    case 'barcode':
      return symbols ? (
        <Barcode symbol={symbols.code128Path(piece.data)} y={piece.y} height={piece.height} width={width} />
      ) : (
        <rect x={width / 4} y={piece.y} width={width / 2} height={piece.height} className={styles.waiting} />
      );
    case 'qr':
      return symbols ? (
        <Scaled symbol={symbols.qrPath(piece.data)} x={piece.x} y={piece.y} dots={piece.dots} />
      ) : (
        <rect x={piece.x} y={piece.y} width={piece.dots} height={piece.dots} className={styles.waiting} />
      );
  }
}

/** Whole dots per unit: the scanner sees even bars. */
function Barcode({ symbol, y, height, width }: { symbol: SymbolPath; y: number; height: number; width: number }) {
  const scale = Math.max(1, Math.floor(width / symbol.width));
  const left = Math.floor((width - symbol.width * scale) / 2);
  return (
    <path
      d={symbol.path}
      transform={`translate(${left} ${y}) scale(${scale} ${height / symbol.height})`}
      className={styles.symbol}
    />
  );
}

function Scaled({ symbol, x, y, dots }: { symbol: SymbolPath; x: number; y: number; dots: number }) {
  const scale = dots / symbol.width;
  return <path d={symbol.path} transform={`translate(${x} ${y}) scale(${scale})`} className={styles.symbol} />;
}
