import { setTimeout as delay } from 'node:timers/promises';
import { damageLastByte, FaultSwitch, LINE_FAULTS, paceOf, sendFaulty } from '../faults.ts';
import { type Line, openLine } from '../line.ts';
import type { Fault, Simulator, SimulatorOptions } from '../types.ts';
import {
  exceptionReply,
  fromUnit,
  isKnown,
  isWrite,
  type Request,
  RequestReader,
  readsHolding,
  registersReply,
  writtenReply,
} from './protocol.ts';
import { KeypadUnit, RatingUnit, type SimulatedUnit } from './units.ts';

export const MODBUS_FAULTS = [...LINE_FAULTS, 'wrong-address', 'busy', 'reboot'] as const satisfies readonly Fault[];

export interface ModbusSimulatorOptions extends SimulatorOptions {
  /** Address → what stands there. */
  units: Readonly<Record<number, SimulatedUnit>>;
  /** How late `late` is: beyond the usual deadline. */
  lateMs?: number | undefined;
}

/** Limits a fault to one address and a number of answers. */
export interface FaultScope {
  unit?: number;
  times?: number;
}

export interface ModbusSimulator extends Simulator {
  setFault(fault: Fault | null, scope?: FaultScope): void;
  /** @throws RangeError where there is no such unit or key */
  press(key: number, unit?: number, number?: number | null): void;
  rate(level: number, unit?: number): void;
}

const NO_FUNCTION = 1;
const NO_REGISTER = 2;
const BUSY = 6;
const BROADCAST = 0;
const MAX_READ = 125;
const LATE_MS = 700;
/** How long a device that lost its power does not answer. */
const REBOOT_MS = 300;
/** Silence after which what was received is no beginning of a frame. */
const FRAME_SILENCE_MS = 100;

/** Devices on one Modbus RTU line, on a TCP port or on one end of a pty. */
export async function startModbusSimulator(options: ModbusSimulatorOptions): Promise<ModbusSimulator> {
  const simulator = new RunningSimulator(options);
  await simulator.open();
  return simulator;
}

class RunningSimulator implements ModbusSimulator {
  readonly #options: ModbusSimulatorOptions;
  readonly #requests = new RequestReader();
  #line: Line | null = null;
  readonly #faults = new FaultSwitch<number>();
  #work: Promise<void> = Promise.resolve();
  #lastByteAt = 0;
  #deafUntil = 0;
  #closed = false;

  constructor(options: ModbusSimulatorOptions) {
    this.#options = options;
    if (options.fault) this.setFault(options.fault);
  }

  async open(): Promise<void> {
    this.#line = await openLine(this.#options.port, {
      onData: (bytes) => this.#arrive(bytes),
      secondClient: 'refuse',
      serialHangUp: 'reopen',
    });
  }

  get port(): string {
    return this.#line?.port ?? this.#options.port;
  }

  setFault(fault: Fault | null, scope: FaultScope = {}): void {
    if (fault && !(MODBUS_FAULTS as readonly Fault[]).includes(fault)) {
      throw new RangeError(`a Modbus device has no fault ${fault}`);
    }
    this.#faults.set(fault === 'reboot' ? null : fault, { part: scope.unit, times: scope.times });
    if (fault === 'reboot') this.#restart(scope.unit);
  }

  press(key: number, unit?: number, number: number | null = null): void {
    this.#find(KeypadUnit, unit).press(key, number);
  }

  rate(level: number, unit?: number): void {
    this.#find(RatingUnit, unit).rate(level);
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#line?.close();
    await this.#work;
  }

  #find<U extends SimulatedUnit>(kind: new () => U, unit?: number): U {
    const all = unit === undefined ? Object.values(this.#options.units) : [this.#options.units[unit]];
    const found = all.find((each): each is U => each instanceof kind);
    if (!found) throw new RangeError('no such device on this line');
    return found;
  }

  #restart(unit?: number): void {
    this.#deafUntil = performance.now() + REBOOT_MS;
    for (const [address, device] of Object.entries(this.#options.units)) {
      if (unit === undefined || Number(address) === unit) device.restart();
    }
  }

  #arrive(bytes: Uint8Array): void {
    const now = performance.now();
    if (now - this.#lastByteAt > FRAME_SILENCE_MS) this.#requests.reset();
    this.#lastByteAt = now;
    if (now < this.#deafUntil) return;
    for (const request of this.#requests.push(bytes)) {
      this.#work = this.#work.then(() => this.#serve(request, now)).catch(() => {});
    }
  }

  async #serve(request: Request, arrivedAt: number): Promise<void> {
    const line = this.#line;
    if (!line || this.#closed) return;
    if (request.unit === BROADCAST) {
      if (isWrite(request)) for (const device of Object.values(this.#options.units)) write(device, request);
      return;
    }
    const device = this.#options.units[request.unit];
    if (!device) return;
    const fault = this.#faults.take(request.unit);
    const reply = fault === 'busy' ? exceptionReply(request, BUSY) : answer(device, request);
    this.#options.onExchange?.(describe(request, fault));
    const { lateMs = LATE_MS } = this.#options;
    const baudRate = paceOf(fault, this.#options);
    const wireMs = baudRate ? arrivedAt + (request.bytes * 10_000) / baudRate - performance.now() : 0;
    if (wireMs > 0) await delay(wireMs);
    await sendFaulty(line, fault === 'wrong-address' ? fromUnit(reply, ((reply[0] ?? 0) % 247) + 1) : reply, fault, {
      ...{ baudRate, lateMs },
      // Noise that begins like the very answer: address and function, and then something else.
      noise: Buffer.concat([Buffer.of(0x00, 0xff), reply.subarray(0, 2), Buffer.of(0x00)]),
      damage: damageLastByte,
    });
  }
}

function answer(device: SimulatedUnit, request: Request): Buffer {
  if (!isKnown(request)) return exceptionReply(request, NO_FUNCTION);
  if (isWrite(request)) {
    const exception = write(device, request);
    return exception === null ? writtenReply(request) : exceptionReply(request, exception);
  }
  if (request.count < 1 || request.count > MAX_READ) return exceptionReply(request, NO_REGISTER);
  const values: number[] = [];
  for (let at = 0; at < request.count; at++) {
    const value = device.read(request.address + at, readsHolding(request));
    if (value === null) return exceptionReply(request, NO_REGISTER);
    values.push(value);
  }
  return registersReply(request, values);
}

function write(device: SimulatedUnit, { address, values }: Request): number | null {
  for (const [index, value] of values.entries()) {
    const exception = device.write(address + index, value);
    if (exception !== null) return exception;
  }
  return null;
}

function describe({ unit, code, address, count, values }: Request, fault: Fault | null): string {
  const hex = (value: number) => value.toString(16).padStart(4, '0');
  const what =
    values.length > 0 ? `write ${hex(address)} ${values.map(hex).join(' ')}` : `read ${hex(address)}+${count}`;
  return `unit ${unit} fn ${code.toString(16).padStart(2, '0')} ${what}${fault ? ` ${fault}` : ''}`;
}
