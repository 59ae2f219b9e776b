import { setTimeout as sleep } from 'node:timers/promises';
import { pageToPng } from '../escp/save.ts';
import { INCH, type Page, Sheet } from '../escp/sheet.ts';
import { type Line, openLine } from '../line.ts';
import type { Fault, Simulator, SimulatorOptions } from '../types.ts';

export const PR2_FAULTS = [
  'silence',
  'half-frame',
  'garbage',
  'late',
  'duplicate',
  'disconnect',
  'paper-out',
] as const satisfies readonly Fault[];

export interface Pr2SimulatorOptions extends SimulatorOptions {
  /** How late `late` and the second half of `half-frame` are; default 1500 ms. */
  lateMs?: number | undefined;
}

/** A document is laid in and taken out like a card. */
export interface Pr2Simulator extends Simulator {
  layCard(name?: string): void;
  liftCard(): void;
  pages(): readonly Page[];
}

const ESC = 0x1b;
const DOCUMENT = { width: 2100, height: 2970 };
/** Middle of a job. */
const MIDDLE_BYTES = 1000;

/**
 * A passbook printer, as far as PR2 is published (devices.md §3.5); what the driver assumes beyond is assumed here too, so
 * this is no proof that a real one understands it.
 * @throws RangeError for a fault it does not know
 */
export async function startPr2Simulator(options: Pr2SimulatorOptions): Promise<Pr2Simulator> {
  let line: Line | null = null;
  let fault: Fault | null = null;
  let present = true;
  let input: number[] = [];
  let received = 0;
  const pages: Page[] = [];
  let sheet: Sheet | null = null;
  let row = 0;
  const stop = new AbortController();

  const setFault = (next: Fault | null): void => {
    const known: readonly Fault[] = PR2_FAULTS;
    if (next !== null && !known.includes(next)) throw new RangeError(`not a fault of this device: ${next}`);
    fault = next;
  };
  setFault(options.fault ?? null);
  line = await openLine(options.port, {
    onData: (bytes) => receive(bytes),
    secondClient: 'replace',
    serialHangUp: 'silence',
  });
  return {
    port: line.port,
    setFault,
    layCard: () => {
      present = true;
    },
    liftCard: () => {
      present = false;
    },
    pages: () => pages,
    close: async () => {
      stop.abort();
      await line?.close();
    },
  };

  function receive(bytes: Uint8Array): void {
    input.push(...bytes);
    received += bytes.length;
    for (let taken = takeOne(); taken > 0; taken = takeOne()) input = input.slice(taken);
    if (fault === 'disconnect' && sheet !== null && received > MIDDLE_BYTES) {
      fault = null;
      input = [];
      void line?.hangUp();
    }
  }

  /** @returns how many bytes one command took, 0 when it is not whole yet */
  function takeOne(): number {
    if (input.length === 0) return 0;
    if (input[0] !== ESC) return 1;
    switch (String.fromCharCode(input[1] ?? 0)) {
      case '\0':
        return input.length > 1 ? 2 : 0;
      case ' ':
        if (input.length < 3) return 0;
        if (input[2] === 0x42) answer();
        return 3;
      case '!':
        return input.length < 4 ? 0 : 4;
      case 'I': {
        const steps = number(2);
        if (steps === null) return 0;
        row += steps;
        return 5;
      }
      case '1': {
        const columns = number(2);
        if (columns === null || input.length < 7 + columns * 3) return 0;
        print(input.slice(7, 7 + columns * 3));
        return 7 + columns * 3;
      }
      case 'O':
        eject();
        return 2;
      case '0':
        received = 0;
        row = 0;
        return 2;
      default:
        return 2;
    }
  }

  /** Three digits. */
  function number(at: number): number | null {
    return input.length < at + 3 ? null : Number(String.fromCharCode(...input.slice(at, at + 3)));
  }

  function answer(): void {
    if (fault === 'silence') return;
    const isIn = present && fault !== 'paper-out';
    const bytes = [ESC, 0x42, 0x05, isIn ? 0x31 : 0x30, ESC, 0x5a];
    const late = options.lateMs ?? 1500;
    options.onExchange?.(isIn ? 'document in' : 'no document');
    if (fault === 'garbage') send([0xff, 0x42, 0x00], 0);
    if (fault === 'half-frame') {
      send(bytes.slice(0, 3), 0);
      send(bytes.slice(3), late);
      return;
    }
    send(bytes, fault === 'late' ? late : 0);
    if (fault === 'duplicate') send(bytes, 0);
  }

  function send(bytes: number[], afterMs: number): void {
    if (afterMs === 0) line?.send(Uint8Array.from(bytes));
    else
      void sleep(afterMs, undefined, { signal: stop.signal })
        .then(() => line?.send(Uint8Array.from(bytes)))
        .catch(() => {});
  }

  function print(columns: number[]): void {
    if (!present) return;
    sheet ??= new Sheet(DOCUMENT);
    const dot = INCH / 180;
    for (const [at, byte] of columns.entries()) {
      for (let bit = 0; bit < 8; bit += 1) {
        if ((byte & (0x80 >> bit)) === 0) continue;
        const needle = (at % 3) * 8 + bit;
        sheet.mark({ x: Math.floor(at / 3) * dot, y: (row + needle) * dot, width: dot, height: dot });
      }
    }
  }

  function eject(): void {
    row = 0;
    if (sheet === null) return;
    const { width, height, dots } = sheet;
    const page: Page = {
      number: pages.length + 1,
      width,
      height,
      dots,
      ops: [],
      bytes: new Uint8Array(),
      ejected: 'O',
    };
    pages.push(page);
    sheet = null;
    present = false;
    options.onExchange?.(`document ${page.number} out`);
    if (options.saveDir !== undefined) void keep(page, options.saveDir);
  }
}

async function keep(page: Page, folder: string): Promise<void> {
  const { mkdir, writeFile } = await import('node:fs/promises');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeFile(`${folder}/document-${page.number}.png`, await pageToPng(page), { mode: 0o600 });
}
