import styles from './PaperPicture.module.css';

/**
 * Drawings of the papers that are asked for, on a grid of 120 × 96: what it looks like from across a table, no text that
 * a screen reader would need. Own drawings; the colour of a seal or a cover is part of how a paper is recognised.
 */
type Kind =
  | 'idCard'
  | 'certificate'
  | 'proof'
  | 'contract'
  | 'receipt'
  | 'bankCard'
  | 'court'
  | 'map'
  | 'notary'
  | 'statement'
  | 'licence'
  | 'booklet'
  | 'roll';

const KINDS: Readonly<Record<string, Kind>> = {
  M02: 'idCard',
  M03: 'statement',
  M04: 'certificate',
  M05: 'proof',
  M06: 'contract',
  M08: 'contract',
  M09: 'contract',
  M10: 'contract',
  M11: 'contract',
  M12: 'contract',
  M13: 'statement',
  M14: 'court',
  M15: 'statement',
  M16: 'statement',
  M17: 'statement',
  M18: 'contract',
  M19: 'contract',
  M20: 'notary',
  M21: 'booklet',
  M22: 'licence',
  M23: 'licence',
  M24: 'map',
  M25: 'receipt',
  M26: 'map',
  M31: 'court',
  M32: 'statement',
  M33: 'statement',
  M34: 'licence',
  M35: 'certificate',
  M36: 'statement',
  M37: 'court',
  M38: 'statement',
  M39: 'statement',
  M40: 'contract',
  M41: 'statement',
  M42: 'roll',
  M43: 'receipt',
  M44: 'contract',
  M45: 'contract',
  M46: 'notary',
  M47: 'statement',
  M48: 'booklet',
  M49: 'contract',
  M50: 'contract',
  M51: 'contract',
  M52: 'statement',
  M53: 'contract',
  M54: 'contract',
  M55: 'contract',
  F01: 'idCard',
  F02: 'booklet',
  F03: 'contract',
  F04: 'receipt',
  F06: 'bankCard',
  F07: 'statement',
  F08: 'licence',
  F10: 'roll',
  F13: 'receipt',
  F15: 'licence',
  F17: 'contract',
  F19: 'contract',
  F25: 'statement',
  F26: 'contract',
  F27: 'contract',
  F29: 'receipt',
};

/** One layer: a path and how it is filled. */
type Layer = readonly ['paper' | 'line' | 'red' | 'redLine' | 'blue' | 'soft', string];

const SHEET: Layer = ['paper', 'M32 6h44l14 14v70H32z'];
const FOLD: Layer = ['line', 'M76 6v14h14'];
const LINES: Layer = ['line', 'M40 30h42M40 40h42M40 50h42M40 60h26'];
const SEAL: Layer = [
  'redLine',
  'M76 62a11 11 0 1 1 0 22 11 11 0 0 1 0-22zM76 67l1.6 3.9 4.2.3-3.2 2.7 1 4.1-3.6-2.2-3.6 2.2 1-4.1-3.2-2.7 4.2-.3z',
];

const DRAWINGS: Readonly<Record<Kind, readonly Layer[]>> = {
  idCard: [
    ['paper', 'M14 22a5 5 0 0 1 5-5h82a5 5 0 0 1 5 5v52a5 5 0 0 1-5 5H19a5 5 0 0 1-5-5z'],
    ['soft', 'M72 28h24v32H72z'],
    [
      'line',
      'M84 34a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM74 60c0-8 4-12 10-12s10 4 10 12M24 30h36M24 40h26M24 50h36M24 68h72',
    ],
  ],
  certificate: [
    ['red', 'M26 8h64a4 4 0 0 1 4 4v72a4 4 0 0 1-4 4H26z'],
    ['line', 'M26 8v80M34 8v80'],
    ['soft', 'M64 24l3 7.2 7.8.6-6 5.1 1.9 7.6-6.7-4.1-6.7 4.1 1.9-7.6-6-5.1 7.8-.6zM46 58h36v5H46zM52 70h24v4H52z'],
  ],
  proof: [
    ['paper', 'M12 14h96v68H12z'],
    ['redLine', 'M18 20h84v56H18z'],
    ['line', 'M40 30h40M30 42h60M30 50h60M30 58h34'],
    ['redLine', 'M82 54a9 9 0 1 1 0 18 9 9 0 0 1 0-18z'],
  ],
  contract: [
    ['soft', 'M40 4h50v74H40z'],
    ['paper', 'M30 12h50v76H30z'],
    ['line', 'M40 24h30M38 36h34M38 44h34M38 52h34M38 60h20M36 78c4-8 6 4 9-2s4 3 7 0M58 78c4-7 6 4 8-2s3 3 6 0'],
  ],
  receipt: [
    ['paper', 'M36 6h48v80l-6-5-6 5-6-5-6 5-6-5-6 5-6-5-6 5z'],
    ['line', 'M44 20h32M44 32h20M44 42h20M44 52h20M70 32h6M70 42h6M70 52h6M44 64h32'],
  ],
  bankCard: [
    ['blue', 'M14 22a5 5 0 0 1 5-5h82a5 5 0 0 1 5 5v52a5 5 0 0 1-5 5H19a5 5 0 0 1-5-5z'],
    ['soft', 'M24 36h18v14H24zM24 60h14v5H24zM44 60h14v5H44zM64 60h14v5H64zM84 60h12v5H84z'],
  ],
  court: [SHEET, FOLD, LINES, SEAL, ['line', 'M60 14v10M50 17h20M50 17l-4 7h8zM70 17l-4 7h8z']],
  map: [
    ['paper', 'M16 12h88v72H16z'],
    ['soft', 'M34 26l36-4 16 20-10 28-34 4-14-24z'],
    ['line', 'M34 26l36-4 16 20-10 28-34 4-14-24zM52 24l6 48M92 20v12M88 26l4-6 4 6M24 76h18'],
  ],
  notary: [
    SHEET,
    FOLD,
    LINES,
    ['red', 'M60 64l5 3 6-1 2 6 5 3-2 6 2 6-5 1-2 5-6-1-5 3-5-3-6 1-2-5-5-1 2-6-2-6 5-3 2-6 6 1z'],
  ],
  statement: [SHEET, FOLD, LINES, ['redLine', 'M64 66h22v14H64zM68 70h14M68 75h14']],
  licence: [
    ['paper', 'M10 16h100v64H10z'],
    ['redLine', 'M15 21h90v54H15z'],
    ['red', 'M60 26l2.2 5.2 5.6.4-4.3 3.7 1.3 5.4-4.8-2.9-4.8 2.9 1.3-5.4-4.3-3.7 5.6-.4z'],
    ['line', 'M28 50h64M28 58h64M28 66h30'],
  ],
  booklet: [
    ['red', 'M30 12h60a3 3 0 0 1 3 3v66a3 3 0 0 1-3 3H30z'],
    ['line', 'M30 12v72'],
    ['soft', 'M61 40c-6-9-18-2-13 6 2 4 8 8 13 12 5-4 11-8 13-12 5-8-7-15-13-6z'],
  ],
  roll: [
    ['paper', 'M26 8h68v80H26z'],
    ['line', 'M26 24h68M26 38h68M26 52h68M26 66h68M44 8v80M72 8v80'],
  ],
};

export function PaperPicture({ code }: { code: string }) {
  const layers = DRAWINGS[KINDS[code] ?? 'statement'];
  return (
    <svg viewBox="0 0 120 96" className={styles.picture} aria-hidden="true" focusable="false">
      {layers.map(([look, path]) => (
        <path key={path} d={path} className={styles[look]} />
      ))}
    </svg>
  );
}

/** A hand lays a card on the reader. */
export function CardPicture() {
  return (
    <svg viewBox="0 0 240 160" className={styles.picture} aria-hidden="true" focusable="false">
      <path className={styles.reader} d="M30 96h180l16 44a6 6 0 0 1-6 8H20a6 6 0 0 1-6-8z" />
      <path className={styles.line} d="M52 110h136l8 24H44z" />
      <g className={styles.card}>
        <path className={styles.paper} d="M62 22a6 6 0 0 1 6-6h104a6 6 0 0 1 6 6v60a6 6 0 0 1-6 6H68a6 6 0 0 1-6-6z" />
        <path className={styles.soft} d="M138 28h28v38h-28z" />
        <path
          className={styles.line}
          d="M152 34a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM141 66c0-9 5-13 11-13s11 4 11 13M74 32h44M74 44h32M74 56h44M74 76h88"
        />
      </g>
      <path className={styles.arrow} d="M204 40v36M192 64l12 13 12-13" />
    </svg>
  );
}
