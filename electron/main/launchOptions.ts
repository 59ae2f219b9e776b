import path from 'node:path';
import { parseArgs } from 'node:util';
import { TERMINAL_ROLES, type TerminalRole } from '../../contract/roles.ts';

export interface LaunchOptions {
  /** Overrides the role of the configuration file. */
  role: TerminalRole | null;
  configFile: string | null;
  dataDir: string | null;
  demo: boolean;
}

/**
 * Reads the program's own arguments and YICHUANG_CONFIG, YICHUANG_DATA. Chromium's switches stand on the same line,
 * so unknown ones are left alone.
 * @throws Error when `--role` names no role
 */
export function readLaunchOptions(argv: readonly string[], env: NodeJS.ProcessEnv): LaunchOptions {
  const { values } = parseArgs({
    args: [...argv],
    strict: false,
    options: {
      role: { type: 'string' },
      config: { type: 'string' },
      data: { type: 'string' },
      demo: { type: 'boolean' },
    },
  });
  return {
    role: values.role === undefined ? null : asRole(values.role),
    configFile: absolute(values.config ?? env.YICHUANG_CONFIG),
    dataDir: absolute(values.data ?? env.YICHUANG_DATA),
    demo: values.demo === true,
  };
}

function asRole(value: unknown): TerminalRole {
  const role = TERMINAL_ROLES.find((known) => known === value);
  if (!role) throw new Error(`--role: expected one of ${TERMINAL_ROLES.join(', ')}`);
  return role;
}

function absolute(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? path.resolve(value) : null;
}
