import { useEffect, useState } from 'react';
import type { SymbolPath } from '../window/slip/symbols.ts';
import styles from './QrCode.module.css';

/** Light border a scanner needs around the symbol, modules (ISO/IEC 18004). */
const QUIET = 4;

/** A QR code for a phone an arm's length away: black on white in every theme. Its size is the caller's, by `className`. */
export function QrCode({
  text,
  label,
  testId,
  className,
}: {
  text: string;
  label: string;
  testId: string;
  className: string | undefined;
}) {
  const [symbol, setSymbol] = useState<SymbolPath | null>(null);
  useEffect(() => {
    let current = true;
    // The symbol library is no part of any page's first load.
    void import('../window/slip/symbols.ts').then(({ qrPath }) => {
      if (current) setSymbol(qrPath(text));
    });
    return () => {
      current = false;
    };
  }, [text]);
  const size = (symbol?.width ?? 0) + 2 * QUIET;
  return (
    <svg
      className={className}
      viewBox={`${-QUIET} ${-QUIET} ${size} ${size}`}
      role="img"
      aria-label={label}
      data-testid={testId}
      data-code={text}
    >
      <rect x={-QUIET} y={-QUIET} width={size} height={size} className={styles.ground} />
      {symbol === null ? null : <path d={symbol.path} className={styles.ink} />}
    </svg>
  );
}
