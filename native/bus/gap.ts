/** Above this speed the gap is fixed (Modbus over serial line V1.02 §2.5.1.1, devices.md §4.1). */
const FIXED_ABOVE_BAUD = 19_200;
const FIXED_GAP_MS = 1.75;
const CHARACTERS = 3.5;
const BITS_PER_CHARACTER = 11;

/** Silence that ends a frame, milliseconds: 3.5 characters, 4.0 ms at 9600 baud. */
export function frameGapMs(baudRate: number): number {
  return baudRate >= FIXED_ABOVE_BAUD ? FIXED_GAP_MS : (CHARACTERS * BITS_PER_CHARACTER * 1000) / baudRate;
}
