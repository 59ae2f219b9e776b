import { readGatewayKey } from '../../centre/commandOptions.ts';
import { GATEWAY_FAULTS, type GatewayFault, isGatewayFault } from '../../centre/payment/simulator/faults.ts';
import { startSimulatedGateway } from '../../centre/payment/simulator/gateway.ts';
import { endOnSignal, printLine } from './output.ts';

/** `yichuang simulate-gateway`: one JSON line when it listens, then one line for each exchange. */
export async function simulateGateway(options: { key: string; port: number; fault: string[] }): Promise<void> {
  const faults = options.fault.map(toFault);
  const gateway = await startSimulatedGateway({
    key: readGatewayKey(options.key),
    port: options.port,
    faults,
    onExchange: printLine,
  });
  endOnSignal(() => gateway.close());
  printLine({ ready: true, url: gateway.url });
}

function toFault(name: string): GatewayFault {
  if (!isGatewayFault(name)) throw new Error(`unknown fault; there are ${GATEWAY_FAULTS.join(', ')}`);
  return name;
}
