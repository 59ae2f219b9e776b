import { useEffect, useState } from 'react';
import type { SymbolPath } from '../window/slip/symbols.ts';
import styles from './Pay.module.css';

/** Light border a scanner needs around the symbol, modules (ISO/IEC 18004). */
const QUIET = 4;

/** A QR code as large as a phone an arm's length away needs it: black on white in every theme. */
export function PayCode({ text, label }: { text: string; label: string }) {
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
      className={styles.code}
      viewBox={`${-QUIET} ${-QUIET} ${size} ${size}`}
      role="img"
      aria-label={label}
      data-testid="pay-code"
      data-code={text}
    >
      <rect x={-QUIET} y={-QUIET} width={size} height={size} className={styles.codeGround} />
      {symbol === null ? null : <path d={symbol.path} className={styles.codeInk} />}
    </svg>
  );
}
