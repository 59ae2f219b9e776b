/**
 * Driver → protocol of its line, for the drivers whose devices may stand on one line with others of that protocol; all
 * others need a port of their own, and frames of two protocols would be mistaken for each other (devices.md §6.4).
 */
const PROTOCOLS: Readonly<Record<string, string>> = {
  'modbus-led': 'modbus',
  'modbus-keypad': 'modbus',
  'modbus-eval': 'modbus',
  'onbon-bx5k': 'onbon',
  caller21: 'caller21',
  'frame-profile': 'frames',
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
  const protocol = protocolOf(one);
  if (protocol === null || protocol !== protocolOf(other)) {
    return { field: 'port', message: `${other.key} uses this port, and not both can share it` };
  }
  for (const field of ['baudRate', 'parity'] as const) {
    if (one.config[field] !== other.config[field]) {
      return { field, message: `expected the same as of ${other.key}, on one line` };
    }
  }
  return null;
}

/** Null: needs its port alone. Whoever sends frames by itself does not belong on a line where others are asked. */
function protocolOf({ key, config }: Named): string | null {
  if (config.driver === 'frame-profile' && !key.startsWith('displays.')) return null;
  return PROTOCOLS[config.driver] ?? null;
}
