/** What differs between speech modules of one family (devices.md §4.3). */
export interface SpeechDialect {
  /** The whole frame of a command; `data` follows the command byte. */
  encode(command: number, data?: Uint8Array): Uint8Array;
  /** Marks in front of a text: volume, speed, voice. They stand before every text, so that none keeps those of the one before. */
  marks(slow: boolean): string;
}

export const SPEAK = 0x01;
export const STOP = 0x02;
export const STATUS = 0x21;
/** Byte before the text of `SPEAK`; the only encoding whose order of bytes is known. */
export const GBK = 0x01;

/** Answers, one byte each; every other value is noise. */
export const REPLY = { initialised: 0x4a, accepted: 0x41, rejected: 0x45, speaking: 0x4e, idle: 0x4f } as const;
