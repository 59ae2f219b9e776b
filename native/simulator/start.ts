import { followLines, playScript, readScript } from './script.ts';
import type { Simulator, SimulatorOptions } from './types.ts';

export const SIMULATED_DRIVERS = ['sam-ga450', 'escpos'] as const;
export type SimulatedDriver = (typeof SIMULATED_DRIVERS)[number];

export interface StartSimulatorOptions extends SimulatorOptions {
  /** File of JSON lines, played once from the start: `{"afterMs":500,"lay":"zhangsan"}`. */
  script?: string | undefined;
  /** Obeyed line by line, such as `process.stdin`. */
  input?: NodeJS.ReadableStream | undefined;
  /** A line of `input` or `script` that could not be obeyed. */
  onProblem?: ((message: string) => void) | undefined;
}

/**
 * Starts the simulator of one driver; resolves when it listens.
 * @throws SyntaxError for a script that cannot be read
 */
export async function startSimulator(driver: SimulatedDriver, options: StartSimulatorOptions): Promise<Simulator> {
  const { script, input, onProblem = () => {}, ...own } = options;
  const steps = script === undefined ? [] : await readScript(script);
  const simulator = await startOf(driver, own);
  const ended = new AbortController();
  playScript(simulator, steps, ended.signal).catch((error: unknown) => onProblem(String(error)));
  if (input) followLines(simulator, input, onProblem).catch((error: unknown) => onProblem(String(error)));
  const close = simulator.close.bind(simulator);
  simulator.close = () => {
    ended.abort();
    return close();
  };
  return simulator;
}

async function startOf(driver: SimulatedDriver, options: SimulatorOptions): Promise<Simulator> {
  if (driver === 'sam-ga450') {
    const { startSamSimulator } = await import('./sam-ga450/simulator.ts');
    return startSamSimulator(options);
  }
  const { startEscposSimulator } = await import('./escpos/simulator.ts');
  return startEscposSimulator(options);
}
