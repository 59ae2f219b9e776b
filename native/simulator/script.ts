import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { FAULTS, type Fault, type Simulator } from './types.ts';

/** Done to a running simulator by a script, by hand on stdin, or by a test. */
export type SimulatorAction =
  | { do: 'lay'; card: string }
  | { do: 'lift' }
  | { do: 'press'; key: number; unit: number | undefined }
  | { do: 'rate'; level: number; unit: number | undefined }
  | { do: 'fault'; fault: Fault | null }
  | { do: 'wait' };

export interface ScriptStep {
  /** After the step before. */
  afterMs: number;
  action: SimulatorAction;
}

/** A simulator cards can be laid on. */
interface CardSimulator extends Simulator {
  layCard(name: string): void;
  liftCard(): void;
}

/** A simulator with keys or grades; `unit` of several on one line, the first when left out. */
interface KeySimulator extends Simulator {
  press(key: number, unit?: number): void;
  rate(level: number, unit?: number): void;
}

/**
 * One line: JSON such as `{"afterMs":500,"lay":"zhangsan"}`, `{"lift":true}`, `{"press":5,"unit":2}`, `{"rate":1}`,
 * `{"fault":"silence"}`, `{"fault":null}`, or words: `lay zhangsan`, `lift`, `press 5 2`, `rate 1`, `fault silence`,
 * `fault none`.
 * @throws SyntaxError
 */
export function parseStep(line: string): ScriptStep {
  if (line.trimStart().startsWith('{')) return parseJsonStep(line);
  const [verb = '', argument = '', unit] = line.trim().split(/\s+/);
  if (verb === 'lay' && argument) return { afterMs: 0, action: { do: 'lay', card: argument } };
  if (verb === 'lift') return { afterMs: 0, action: { do: 'lift' } };
  if (isEvent(verb) && argument) return { afterMs: 0, action: eventAction(verb, argument, unit) };
  if (verb === 'fault') return { afterMs: 0, action: faultAction(argument === 'none' ? null : argument) };
  throw new SyntaxError(
    `not understood: ${line.trim()}; try: lay NAME, lift, press KEY, rate LEVEL, fault NAME, fault none`,
  );
}

/** @throws RangeError when this simulator knows no such card, key or fault */
export function applyAction(simulator: Simulator, action: SimulatorAction): void {
  if (action.do === 'fault') simulator.setFault(action.fault);
  else if (action.do === 'press' || action.do === 'rate') {
    if (!hasKeys(simulator)) throw new RangeError('this simulator has no keys');
    if (action.do === 'press') simulator.press(action.key, action.unit);
    else simulator.rate(action.level, action.unit);
  } else if (action.do !== 'wait') {
    if (!takesCards(simulator)) throw new RangeError('this simulator takes no cards');
    if (action.do === 'lay') simulator.layCard(action.card);
    else simulator.liftCard();
  }
}

/** @throws SyntaxError naming the line */
export async function readScript(file: string): Promise<ScriptStep[]> {
  const lines = (await readFile(file, 'utf8')).split('\n');
  return lines.flatMap((line, index) => {
    if (line.trim() === '') return [];
    try {
      return [parseStep(line)];
    } catch (error) {
      throw new SyntaxError(`${file}:${index + 1}: ${error instanceof Error ? error.message : ''}`);
    }
  });
}

/** Ends early, without an error, when `signal` is raised. */
export async function playScript(
  simulator: Simulator,
  steps: readonly ScriptStep[],
  signal: AbortSignal,
): Promise<void> {
  for (const { afterMs, action } of steps) {
    await delay(afterMs, undefined, { signal, ref: false }).catch(() => {});
    if (signal.aborted) return;
    applyAction(simulator, action);
  }
}

/** Obeys a stream line by line until it ends; what is not understood goes to `onProblem`. */
export async function followLines(
  simulator: Simulator,
  input: NodeJS.ReadableStream,
  onProblem: (message: string) => void,
): Promise<void> {
  for await (const line of createInterface({ input })) {
    if (line.trim() === '') continue;
    try {
      const { afterMs, action } = parseStep(line);
      if (afterMs > 0) await delay(afterMs);
      applyAction(simulator, action);
    } catch (error) {
      onProblem(error instanceof Error ? error.message : String(error));
    }
  }
}

function parseJsonStep(line: string): ScriptStep {
  const step: unknown = JSON.parse(line);
  if (typeof step !== 'object' || step === null) throw new SyntaxError(`not understood: ${line.trim()}`);
  const { afterMs = 0, lay, lift, press, rate, unit, fault, ...others } = step as Record<string, unknown>;
  const unknownKey = Object.keys(others)[0];
  if (unknownKey !== undefined) throw new SyntaxError(`unknown key: ${unknownKey}`);
  if (typeof afterMs !== 'number' || !(afterMs >= 0)) throw new SyntaxError('afterMs: expected milliseconds');
  if (typeof lay === 'string') return { afterMs, action: { do: 'lay', card: lay } };
  if (press !== undefined) return { afterMs, action: eventAction('press', press, unit) };
  if (rate !== undefined) return { afterMs, action: eventAction('rate', rate, unit) };
  if (lift === true) return { afterMs, action: { do: 'lift' } };
  if (fault !== undefined) return { afterMs, action: faultAction(fault) };
  return { afterMs, action: { do: 'wait' } };
}

function faultAction(value: unknown): SimulatorAction {
  const fault = value === null ? null : FAULTS.find((name) => name === value);
  if (fault === undefined) throw new SyntaxError(`no such fault: ${String(value)}; there are ${FAULTS.join(', ')}`);
  return { do: 'fault', fault };
}

function isEvent(verb: string): verb is 'press' | 'rate' {
  return verb === 'press' || verb === 'rate';
}

function eventAction(verb: 'press' | 'rate', value: unknown, unit: unknown): SimulatorAction {
  const number = Number(value);
  const at = unit === undefined ? undefined : Number(unit);
  if (!Number.isInteger(number) || (at !== undefined && !Number.isInteger(at))) {
    throw new SyntaxError(`${verb}: expected a number, and perhaps the unit`);
  }
  return verb === 'press' ? { do: 'press', key: number, unit: at } : { do: 'rate', level: number, unit: at };
}

function hasKeys(simulator: Simulator): simulator is KeySimulator {
  return 'press' in simulator && 'rate' in simulator;
}

function takesCards(simulator: Simulator): simulator is CardSimulator {
  return 'layCard' in simulator && 'liftCard' in simulator;
}
