import { SIMULATED_DRIVERS, startSimulator } from '../../native/simulator/start.ts';
import { FAULTS, type Fault } from '../../native/simulator/types.ts';
import { endOnSignal, printLine } from './output.ts';

/** `yichuang simulate`: one JSON line when it listens, then one line for each exchange. */
export async function simulate(
  driver: string,
  options: { port: string; fault?: string; script?: string; baud?: number; save?: string },
): Promise<void> {
  const known = SIMULATED_DRIVERS.find((name) => name === driver);
  if (!known) throw new Error(`unknown driver; there are ${SIMULATED_DRIVERS.join(', ')}`);
  if (options.fault !== undefined && !isFault(options.fault))
    throw new Error(`unknown fault; there are ${FAULTS.join(', ')}`);
  const simulator = await startSimulator(known, {
    port: options.port,
    fault: options.fault,
    baudRate: options.baud,
    script: options.script,
    saveDir: options.save,
    onExchange: (line) => process.stdout.write(`${line}\n`),
  });
  endOnSignal(() => simulator.close());
  printLine({ ready: true, port: simulator.port });
}

function isFault(name: string): name is Fault {
  return (FAULTS as readonly string[]).includes(name);
}
