import { type Line, openLine } from '../line.ts';
import type { Fault, Simulator, SimulatorOptions } from '../types.ts';
import { WirePace } from '../wirePace.ts';
import { InputBuffer } from './flow.ts';
import { EscpMachine } from './machine.ts';
import { openPageFolder } from './save.ts';
import type { EscpOp, Page } from './sheet.ts';

export const ESCP_FAULTS = [
  'silence',
  'garbage',
  'late',
  'duplicate',
  'busy',
  'reboot',
  'disconnect',
  'slow',
  'paper-out',
  'cover-open',
] as const satisfies readonly Fault[];

export interface EscpSimulatorOptions extends SimulatorOptions {
  /** `lq1600k` takes `ESC (` for an unknown command; default `escp2`, which understands both. */
  dialect?: 'escp2' | 'lq1600k' | undefined;
  /** Size of the sheets in 0.1 mm; default A4. */
  paper?: { width: number; height: number } | undefined;
  /** Bytes of the input buffer; default 16 KiB. */
  buffer?: number | undefined;
  /** Bytes the mechanics print a second; without it printing takes no time. */
  printSpeed?: number | undefined;
  /** How late the fault `late` is; default 500 ms. */
  lateMs?: number | undefined;
}

export interface EscpSimulator extends Simulator {
  /** All sheets that came out, oldest first. */
  pages(): readonly Page[];
  /** Called for every sheet from now on; returns the way to stop. */
  onPage(listener: (page: Page) => void): () => void;
  /** What is on the sheet in the printer. */
  unfinished(): readonly EscpOp[];
  /** A person takes out the sheet that is in the printer. */
  takeSheet(): Page | null;
  state(): { received: number; buffered: number; lost: number; connected: boolean };
}

const XON = 0x11;
const XOFF = 0x13;
/** Not XON, not XOFF. */
const GARBAGE = [0xff, 0x00, 0x41];
const A4 = { width: 2100, height: 2970 };
const DEFAULT_BAUD = 9600;
const SLOW_BYTES = 3000;
/** Off line: nothing is printed until the cause is gone. */
const STOPS: readonly (Fault | null)[] = ['paper-out', 'cover-open', 'busy'];
/** A fault in the middle of a page comes when this much of it is printed. */
const MIDDLE_BYTES = 2000;
const PIECE = 64;

/**
 * A flat-bed printer on a TCP port or a serial path. Not every fault fits this device: see {@link ESCP_FAULTS}.
 * @throws RangeError for a fault it does not know
 */
export async function startEscpSimulator(options: EscpSimulatorOptions): Promise<EscpSimulator> {
  const session = new Session(options);
  await session.open();
  session.setFault(options.fault ?? null);
  return session;
}

class Session implements EscpSimulator {
  readonly #options: EscpSimulatorOptions;
  readonly #machine: EscpMachine;
  readonly #buffer: InputBuffer;
  readonly #pace: WirePace;
  readonly #listeners = new Set<(page: Page) => void>();
  #line: Line | null = null;
  #fault: Fault | null = null;
  #outgoing: Promise<void> = Promise.resolve();
  #saving: Promise<void> = Promise.resolve();
  #printing = false;
  #received = 0;
  #sinceSheet = 0;

  constructor(options: EscpSimulatorOptions) {
    this.#options = options;
    this.#pace = new WirePace({
      baudRate: () => options.baudRate ?? (this.#fault === 'slow' ? DEFAULT_BAUD : null),
      piece: PIECE,
      receive: (bytes) => this.#receive(bytes),
    });
    this.#buffer = new InputBuffer({ capacity: options.buffer ?? 16_384, tell: (go) => this.#tell(go) });
    this.#machine = new EscpMachine({
      dialect: options.dialect ?? 'escp2',
      paper: options.paper ?? A4,
      onPage: (page) => this.#pageOut(page),
    });
  }

  async open(): Promise<void> {
    if (this.#options.saveDir !== undefined) {
      const save = await openPageFolder(this.#options.saveDir);
      this.onPage((page) => {
        this.#saving = this.#saving.then(() => save(page));
        this.#saving.catch(() => {}); // close() reports it
      });
    }
    this.#line = await openLine(this.#options.port, {
      onData: (bytes) => this.#pace.arrive(bytes),
      onConnect: () => this.#buffer.setOffline(STOPS.includes(this.#fault)),
      secondClient: 'replace',
      serialHangUp: 'silence',
    });
  }

  get port(): string {
    return this.#line?.port ?? this.#options.port;
  }

  pages(): readonly Page[] {
    return this.#machine.pages;
  }

  unfinished(): readonly EscpOp[] {
    return this.#machine.unfinished;
  }

  takeSheet(): Page | null {
    return this.#machine.takeSheet();
  }

  state(): { received: number; buffered: number; lost: number; connected: boolean } {
    const { length, lost } = this.#buffer;
    return { received: this.#received, buffered: length, lost, connected: this.#line?.connected ?? false };
  }

  onPage(listener: (page: Page) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  setFault(fault: Fault | null): void {
    const known: readonly Fault[] = ESCP_FAULTS;
    if (fault !== null && !known.includes(fault)) throw new RangeError(`not a fault of this device: ${fault}`);
    this.#fault = fault;
    this.#buffer.setOffline(STOPS.includes(fault));
    void this.#print();
  }

  /** @throws when a page could not be saved */
  async close(): Promise<void> {
    this.#pace.stop();
    await this.#line?.close();
    await this.#saving;
  }

  #receive(bytes: Uint8Array): void {
    this.#received += bytes.length;
    this.#buffer.put(bytes);
    void this.#print();
  }

  async #print(): Promise<void> {
    if (this.#printing) return;
    this.#printing = true;
    while (this.#buffer.length > 0 && !STOPS.includes(this.#fault) && !this.#pace.stopped) {
      const bytes = this.#buffer.take(PIECE);
      const speed = this.#fault === 'slow' ? SLOW_BYTES : this.#options.printSpeed;
      if (speed !== undefined) await this.#pace.delay((bytes.length * 1000) / speed);
      this.#machine.receive(bytes);
      this.#sinceSheet += bytes.length;
      if (this.#sinceSheet > MIDDLE_BYTES && this.#machine.isMidPage) this.#breakOff();
    }
    this.#printing = false;
  }

  /** In the middle of a page. */
  #breakOff(): void {
    if (this.#fault === 'disconnect') {
      this.#pace.pull();
      void this.#line?.hangUp();
    }
    if (this.#fault === 'disconnect' || this.#fault === 'reboot') {
      this.#fault = null;
      this.#machine.powerCycle();
      this.#buffer.clear();
    }
  }

  #tell(go: boolean): void {
    this.#options.onExchange?.(go ? 'XON' : 'XOFF');
    if (this.#fault === 'silence') return;
    const word = go ? XON : XOFF;
    const bytes = this.#fault === 'garbage' ? [...GARBAGE, word] : this.#fault === 'duplicate' ? [word, word] : [word];
    const due = performance.now() + (this.#fault === 'late' ? (this.#options.lateMs ?? 500) : 0);
    this.#outgoing = this.#outgoing.then(async () => {
      await this.#pace.delay(Math.max(0, due - performance.now()));
      this.#line?.send(Uint8Array.from(bytes));
    });
  }

  #pageOut(page: Page): void {
    this.#sinceSheet = 0;
    const findings = page.ops.filter((op) => op.kind === 'finding').length;
    this.#options.onExchange?.(
      `page ${page.number}: ${page.bytes.length} bytes, ${page.ops.length - findings} marks, ${findings} findings, ${page.ejected}`,
    );
    for (const listener of this.#listeners) listener(page);
  }
}
