import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { type ConfigError, parseTerminalConfig, type TerminalConfig } from '../../contract/config.ts';
import { makeBundle, writeBundle } from '../../service/diagnosis/bundle.ts';
import { examineDatabase } from '../../service/diagnosis/database.ts';
import { openDataKey } from './dataKey.ts';
import { readVersion } from './installation.ts';
import { printLine } from './output.ts';

interface DiagnoseOptions {
  data: string;
  out: string;
  config?: string;
  logs?: string;
}

/** `yichuang diagnose`: a bundle for whoever helps, also of a machine whose terminal does not start any more. */
export async function diagnose({ data, out, config: configFile, logs }: DiagnoseOptions): Promise<void> {
  if (!existsSync(data)) throw new Error(`there is no folder ${data}`);
  const content = await makeBundle({
    version: readVersion(),
    now: Date.now(),
    dataDir: data,
    logsDir: logs ?? findLogs(data),
    config: readConfig(configFile),
    database: await examine(data),
    running: null,
  });
  await writeBundle(out, content);
  printLine({ written: out, bytes: content.length });
}

async function examine(dataDir: string): Promise<object> {
  try {
    return examineDatabase({ dataDir, keyHex: await openDataKey(dataDir) });
  } catch (error) {
    // Whatever it is: that it cannot be opened is what somebody elsewhere has to know.
    const { name, code } = error as { name?: string; code?: string };
    return { failed: code ?? name ?? 'Error' };
  }
}

/** As the window's program places them (electron/main/folders.ts). */
function findLogs(data: string): string | null {
  const places = [path.join(data, 'shell', 'logs'), path.join(data, '..', 'shell', 'logs')];
  return places.find((each) => existsSync(each)) ?? null;
}

function readConfig(file: string | undefined): TerminalConfig | null {
  if (file === undefined) return null;
  try {
    return parseTerminalConfig(readFileSync(file, 'utf8'));
  } catch (error) {
    const problems = (error as ConfigError).problems ?? [];
    console.error(`the configuration is left out: ${problems.map(({ path: at }) => at).join(', ') || 'not readable'}`);
    return null;
  }
}
