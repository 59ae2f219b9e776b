/**
 * Drivers whose devices may stand on one line, by what else may stand there; all others need a port of their own. Frames
 * with a head or an address and a CRC are not mistaken for each other's; described frames, some of them four bytes with
 * a sum, could be (devices.md §6.4).
 */
const NEIGHBOURS: Readonly<Record<string, 'checked' | 'described'>> = {
  'modbus-led': 'checked',
  'modbus-keypad': 'checked',
  'modbus-eval': 'checked',
  'onbon-bx5k': 'checked',
  caller21: 'checked',
  'frame-profile': 'described',
};

interface AnyDevice {
  driver: string;
  port?: string;
  baudRate?: number;
  parity?: string;
}

interface Named {
  key: string;
  config: AnyDevice;
}

export interface PortProblem {
  /** Of the later of the two devices, as in the configuration. */
  key: string;
  field: 'port' | 'baudRate' | 'parity';
  message: string;
}

/** What is wrong with devices that name the same port; nothing when each is alone, or all can share it. */
export function findPortProblems(devices: readonly Named[]): PortProblem[] {
  const problems: PortProblem[] = [];
  for (const [index, { key, config }] of devices.entries()) {
    // Sound outputs mix what several zones say.
    if (!config.port || config.port.startsWith('audio:')) continue;
    const other = devices.slice(0, index).find((each) => each.config.port === config.port);
    if (!other) continue;
    const problem = compare({ key, config }, other);
    if (problem) problems.push({ key, ...problem });
  }
  return problems;
}

function compare(one: Named, other: Named): Omit<PortProblem, 'key'> | null {
  const neighbours = neighboursOf(one);
  if (neighbours === null || neighbours !== neighboursOf(other)) {
    return { field: 'port', message: `${other.key} uses this port, and not both can share it` };
  }
  const message = `expected the same as of ${other.key}, on one line`;
  if (one.config.baudRate !== other.config.baudRate) return { field: 'baudRate', message };
  if ((one.config.parity ?? 'none') !== (other.config.parity ?? 'none')) return { field: 'parity', message };
  return null;
}

/** Null: needs its port alone. Whoever sends frames by itself does not belong on a line where others are asked. */
function neighboursOf({ key, config }: Named): 'checked' | 'described' | null {
  if (config.driver === 'frame-profile' && !key.startsWith('displays.')) return null;
  return NEIGHBOURS[config.driver] ?? null;
}
