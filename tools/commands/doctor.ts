import { readFileSync } from 'node:fs';
import { parseTerminalConfig } from '../../contract/config.ts';
import { nameOfDevice } from '../../contract/deviceNames.ts';
import { adviceFor } from '../../contract/doctor/advice.ts';
import { ASKS } from '../../contract/doctor/asks.ts';
import type { DoctorRun, Examination } from '../../contract/doctor/run.ts';
import { PROTOCOL_VERSIONS } from '../../contract/sync.ts';
import { DeviceHost } from '../../service/deviceHost.ts';
import { writeReport } from '../../service/doctor/places.ts';
import { detailsOf, lineOf, makeReport } from '../../service/doctor/report.ts';
import { ExaminationRun } from '../../service/doctor/run.ts';
import { DEVICES_ENTRY, readVersion } from './installation.ts';
import { printLine } from './output.ts';

interface DoctorOptions {
  config: string;
  json?: boolean;
  ask: boolean;
  report?: string;
}

/**
 * `yichuang doctor`: one line for each device, in Chinese, as it ends; exit 1 when one of them needs somebody. Opens the
 * ports itself: where the terminal runs, they are busy, and that is said.
 */
export async function doctor({ config: file, json = false, ask, report }: DoctorOptions): Promise<void> {
  const config = parseTerminalConfig(readFileSync(file, 'utf8'));
  const devices = new DeviceHost({
    devices: config.devices,
    entry: DEVICES_ENTRY,
    execPath: process.execPath,
    now: Date.now,
    onStatus: () => {},
    onRestarting: () => {},
    on: {},
    log: () => {},
  });
  try {
    const teller = new Teller(json);
    // What whoever is called asks first.
    const program = { program: readVersion(), protocols: [...PROTOCOL_VERSIONS] };
    if (!json) process.stdout.write(`程序 ${program.program}，协议 ${program.protocols.join('、')}\n`);
    const { agency, terminal } = config;
    const run = await new ExaminationRun({
      devices,
      config: config.devices,
      agency,
      terminal: terminal.id,
      ask,
      now: Date.now,
      onChange: (state) => teller.tell(state),
    }).run();
    const ill = run.devices.filter(({ kind, reason }) => adviceFor(kind, reason ?? 'out-of-time').verdict === 'ill');
    if (json) printLine({ well: ill.length === 0, ...program, ...run });
    else process.stdout.write(ill.length === 0 ? '设备都能用。\n' : `有 ${ill.length} 台设备要处理。\n`);
    if (report !== undefined) {
      const files = await writeReport(report, await makeReport({ run, config, version: readVersion(), devices }));
      for (const each of files) console.error(each);
    }
    if (ill.length > 0) process.exitCode = 1;
  } finally {
    await devices.stop();
  }
}

/** Says each thing once. What somebody should do goes to stderr, so that stdout has results only. */
class Teller {
  readonly #json: boolean;
  readonly #told = new Set<string>();

  constructor(json: boolean) {
    this.#json = json;
  }

  tell(run: DoctorRun): void {
    for (const device of run.devices) {
      if (device.phase === 'asking' && device.ask !== null) this.#ask(device.device, device.ask);
      // The list of ports is part of the answer where one is missing.
      if (run.endedAt !== null) this.#result(device, run);
    }
  }

  #ask(device: string, ask: keyof typeof ASKS): void {
    if (this.#told.has(device)) return;
    this.#told.add(device);
    console.error(`${nameOfDevice(device)}：${ASKS[ask].sentence}`);
  }

  #result(device: Examination, run: DoctorRun): void {
    if (this.#json) return;
    const lines = [lineOf(device), ...detailsOf(device, run).map((line) => `      ${line}`)];
    process.stdout.write(`${lines.join('\n')}\n`);
  }
}
