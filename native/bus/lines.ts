import type { DriverEnvironment } from '../driver/types.ts';
import type { OpenTransport, PortOptions } from '../transport/types.ts';
import { Circuit } from './circuit.ts';
import { frameGapMs } from './gap.ts';
import { Line } from './line.ts';
import type { Seat } from './types.ts';

/** Longer than any device of devices.md §4 takes to answer late. */
const QUIET_MS = 300;

export interface LinesOptions {
  open: OpenTransport;
  environment: Pick<DriverEnvironment, 'now' | 'delay' | 'log'>;
  quietMs?: number | undefined;
}

/** The one owner of every shared port: devices of one port share one opening (devices.md §6.4). */
export class Lines {
  readonly #options: LinesOptions;
  readonly #lines = new Map<string, Promise<Line>>();
  readonly #closing = new Map<string, Promise<void>>();
  readonly #circuits = new Map<string, Circuit>();

  constructor(options: LinesOptions) {
    this.#options = options;
  }

  /**
   * A place for one device on the line of `options.port`; the first to come opens it, the last to leave closes it.
   * @param options.gapMs silence this device needs between frames, when more than 3.5 characters
   * @throws TransportError as opening does, for everybody who waits for the same opening
   */
  async join(options: PortOptions & { gapMs?: number | undefined }, device: string): Promise<Seat> {
    await this.#closing.get(options.port)?.catch(() => {});
    const line = await (this.#lines.get(options.port) ?? this.#open(options));
    return line.sit(device, this.#circuitOf(device), options.gapMs);
  }

  /** A person asks after this device: it is not spared because it was absent. */
  probeNow(device: string): void {
    this.#circuits.get(device)?.probeNow();
  }

  /** A device that is configured anew starts with a clean sheet. */
  forget(device: string): void {
    this.#circuits.delete(device);
  }

  #open(options: PortOptions): Promise<Line> {
    const { port } = options;
    const forget = () => {
      if (this.#lines.get(port) === opening) this.#lines.delete(port);
    };
    const opening = this.#make(options, forget);
    this.#lines.set(port, opening);
    opening.catch(forget);
    return opening;
  }

  async #make(options: PortOptions, forget: () => void): Promise<Line> {
    const { open, environment, quietMs = QUIET_MS } = this.#options;
    const transport = await open(options);
    const line = new Line(transport, {
      gapMs: frameGapMs(options.baudRate),
      quietMs,
      environment,
      onEmpty: () => {
        forget();
        return this.#close(options.port, line);
      },
    });
    transport.onClose(forget);
    return line;
  }

  async #close(port: string, line: Line): Promise<void> {
    const closing = line.close().finally(() => this.#closing.delete(port));
    this.#closing.set(port, closing);
    await closing;
  }

  #circuitOf(device: string): Circuit {
    const circuit = this.#circuits.get(device) ?? new Circuit(this.#options.environment.now);
    this.#circuits.set(device, circuit);
    return circuit;
  }
}
