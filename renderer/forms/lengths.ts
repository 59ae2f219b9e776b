/** Lengths are kept in 0.1 mm and shown in millimetres. */

/** `20.1`; a third digit only when it has one. */
export function millimetres(tenths: number, digits = 1): string {
  return (tenths / 10).toFixed(digits);
}

/** With its sign, for shifts: `+0.3`. */
export function shift(tenths: number): string {
  const text = (tenths / 10).toFixed(2);
  return tenths > 0 ? `+${text}` : text;
}

/** @returns 0.1 mm; null when it is no length from 0 to 600 mm */
export function parseMillimetres(text: string): number | null {
  const plain = text.trim().replace('．', '.').replace('。', '.');
  if (!/^\d{1,3}(\.\d{1,2})?$/.test(plain)) return null;
  const tenths = Number(plain) * 10;
  return tenths <= 6000 ? Math.round(tenths * 100) / 100 : null;
}
