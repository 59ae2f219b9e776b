import type { ModbusLedConfig } from '../../../contract/config/modbus.ts';
import type { DisplayWords } from '../../../domain/announcement/display.ts';
import { encodeText } from '../escpos/text.ts';

/** Registers that are written together, from `address` on. */
export interface Block {
  address: number;
  values: number[];
}

const BLANK = 0xffff;
const MAX_NUMBER = 9999;
/** In GBK; above it a byte is the first of two. */
const LAST_SINGLE_BYTE = 0x80;

/**
 * What stands in the registers for these words. The first block is the content, and it is written first: a display that
 * blinks already must not blink the number before.
 */
export function blocksOf(
  words: DisplayWords,
  { shows, width, brightness, registers }: Pick<ModbusLedConfig, 'shows' | 'width' | 'brightness' | 'registers'>,
): Block[] {
  const content =
    shows === 'text'
      ? { address: registers.text, values: textRegisters(words.text, width) }
      : { address: registers.number, values: [numberRegister(words.number)] };
  const blocks = [content];
  if (registers.brightness !== null) blocks.push({ address: registers.brightness, values: [brightness] });
  if (registers.blink !== null) blocks.push({ address: registers.blink, values: [words.attention ? 1 : 0] });
  return blocks;
}

/** What the first register of the content reads when nothing was lost. */
export function readBackOf([content]: readonly Block[]): number | null {
  return content?.values[0] ?? null;
}

function numberRegister(number: number | null): number {
  return number === null || number > MAX_NUMBER ? BLANK : number;
}

/** GBK, two bytes in each register, padded with 00; what does not fit is left out at the end of a character. */
function textRegisters(text: string, width: number): number[] {
  const bytes = new Uint8Array(Math.ceil(width / 2) * 2);
  const encoded = Uint8Array.from(encodeText(text).bytes);
  let used = 0;
  for (let at = 0; at < encoded.length; at = used) {
    const size = (encoded[at] ?? 0) > LAST_SINGLE_BYTE ? 2 : 1;
    if (used + size > width) break;
    used += size;
  }
  bytes.set(encoded.subarray(0, used));
  return Array.from({ length: bytes.length / 2 }, (_, at) => ((bytes[at * 2] ?? 0) << 8) | (bytes[at * 2 + 1] ?? 0));
}
