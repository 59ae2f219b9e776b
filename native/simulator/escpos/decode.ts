import { readHanzi, singleByte } from './charset.ts';
import { type Command, Context, type DecodeOptions, unknownOf } from './context.ts';
import { ESC_COMMANDS } from './escCommands.ts';
import { FS_COMMANDS } from './fsCommands.ts';
import { GS_COMMANDS } from './gsCommands.ts';
import type { Op } from './ops.ts';
import type { Reading } from './reader.ts';

const PREFIXES: ReadonlyMap<number, ReadonlyMap<number, Command>> = new Map([
  [0x1b, ESC_COMMANDS],
  [0x1c, FS_COMMANDS],
  [0x1d, GS_COMMANDS],
  [0x10, dleCommands()],
]);

/**
 * Reads printer bytes as a printer of devices.md §2 would, in any chunking, and never throws. Written from that page
 * alone, so that it can contradict the encoder.
 */
export class EscposDecoder {
  readonly #context: Context;
  #reading: Reading<never>;

  constructor(options: DecodeOptions = {}) {
    this.#context = new Context(options);
    this.#reading = this.#begin();
  }

  /** What became complete with these bytes. Text becomes complete when its line is fed. */
  push(bytes: Uint8Array): Op[] {
    for (const byte of bytes) this.#reading.next(byte);
    return this.#context.drain();
  }

  /** Forgets the unprinted line and a half-received command, as DLE ENQ 2 does; modes stay. */
  clear(): void {
    this.#context.dropLine('cleared');
    this.#context.drain();
    this.#context.reader.take();
    this.#reading = this.#begin();
  }

  /** Nothing more comes: reports what a printer would still be waiting for. The decoder starts afresh. */
  end(): Op[] {
    const rest = this.#context.reader.take();
    if (rest.length > 0) this.#context.emit({ kind: 'unknown', bytes: rest });
    this.#context.dropLine('no line feed');
    const ops = this.#context.drain();
    this.#context.resetModes();
    this.#reading = this.#begin();
    return ops;
  }

  #begin(): Reading<never> {
    const reading = readForever(this.#context);
    reading.next(0); // runs to the first wait; the value is not seen
    return reading;
  }
}

/** Decodes a whole job. */
export function decode(bytes: Uint8Array, options: DecodeOptions = {}): Op[] {
  const decoder = new EscposDecoder(options);
  return [...decoder.push(bytes), ...decoder.end()];
}

function* readForever(context: Context): Reading<never> {
  const { reader } = context;
  for (;;) {
    const byte = yield* reader.byte();
    const commands = PREFIXES.get(byte);
    if (commands) {
      const command = commands.get(yield* reader.byte());
      if (command) yield* command(context);
      else context.emitUnknown();
    } else if (byte === 0x0a) context.feed(1, context.modes.spacing);
    else if (byte < 0x20 || byte === 0x7f) context.emitUnknown();
    else if (byte >= 0x80 && context.modes.chinese) context.addText(yield* readHanzi(reader, byte, context.rom), true);
    else context.addText(singleByte(byte), false);
    reader.forget();
  }
}

/** Real-time commands also pass through the buffer, where they are only noted (devices.md §2.1, §2.4). */
function dleCommands(): ReadonlyMap<number, Command> {
  return new Map<number, Command>([
    [
      0x04,
      function* (context) {
        context.emit({ kind: 'statusRequest', command: 'DLE EOT', n: yield* context.reader.byte() });
      },
    ],
    [
      0x05,
      function* (context) {
        context.emit({ kind: 'recover', n: yield* context.reader.byte() });
      },
    ],
    [0x14, unknownOf(3)],
  ]);
}
