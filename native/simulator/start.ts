import { followLines, playScript, readScript } from './script.ts';
import type { Simulator, SimulatorOptions } from './types.ts';

/** Loaded one by one: a simulator of one device needs nothing of the others. */
const STARTERS = {
  'sam-ga450': async () => (await import('./sam-ga450/simulator.ts')).startSamSimulator,
  escpos: async () => (await import('./escpos/simulator.ts')).startEscposSimulator,
  'onbon-bx5k': async () => (await import('./onbon-bx5k/simulator.ts')).startOnbonSimulator,
  syn6288: async () => (await import('./speech/module.ts')).startSyn6288Simulator,
  xfs5152: async () => (await import('./speech/module.ts')).startXfs5152Simulator,
  caller21: async () => (await import('./caller21/simulator.ts')).startCallerSimulator,
  sunpn: async () => (await import('./frame-profile/simulator.ts')).startSunpnSimulator,
  quad: async () => (await import('./frame-profile/simulator.ts')).startQuadSimulator,
  'modbus-led': async () => (await import('./modbus/start.ts')).startDisplays,
  'modbus-keypad': async () => (await import('./modbus/start.ts')).startKeypads,
  'modbus-eval': async () => (await import('./modbus/start.ts')).startRatings,
  escp: async () => (await import('./escp/simulator.ts')).startEscpSimulator,
  pr2: async () => (await import('./pr2/simulator.ts')).startPr2Simulator,
} satisfies Record<string, () => Promise<(options: SimulatorOptions) => Promise<Simulator>>>;

export type SimulatedDriver = keyof typeof STARTERS;
export const SIMULATED_DRIVERS = Object.keys(STARTERS) as SimulatedDriver[];

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
  const start = await STARTERS[driver]();
  const simulator = await start(own);
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
