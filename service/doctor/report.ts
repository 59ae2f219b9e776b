import { listDevices } from '../../contract/config/devices.ts';
import type { TerminalConfig } from '../../contract/config.ts';
import { nameOfDevice } from '../../contract/deviceNames.ts';
import type { DeviceOutput } from '../../contract/deviceProtocol.ts';
import { adviceFor } from '../../contract/doctor/advice.ts';
import { portHint } from '../../contract/doctor/ports.ts';
import { VERDICT_WORDS } from '../../contract/doctor/reasons.ts';
import type { DoctorRun, Examination } from '../../contract/doctor/run.ts';
import { hallMinute } from '../../domain/time/hallTime.ts';
import type { DeviceHost } from '../deviceHost.ts';

export interface Report {
  /** Of the files, without their ending. */
  name: string;
  text: string;
  json: string;
}

export interface ReportOptions {
  run: DoctorRun;
  config: TerminalConfig;
  version: string;
  devices: DeviceHost;
}

const RECORD_MS = 4_000;
/** As many of the last exchanges as a person reads. */
const SHOWN_ENTRIES = 40;

/** What the doctor hands to whoever repairs: no personal data, no secret of the configuration. */
export async function makeReport({ run, config, version, devices }: ReportOptions): Promise<Report> {
  const records = await Promise.all(
    listDevices(config.devices).map(async ({ key }) => ({
      device: key,
      // The bytes of persons are hidden where they are recorded (native/record/mask.ts).
      record: await devices.call('devices.record', { device: key }, RECORD_MS).catch(() => null),
    })),
  );
  const head = {
    version,
    platform: `${process.platform} ${process.arch}`,
    node: process.version,
    terminal: config.terminal.id,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
  };
  const results = run.devices.map((device) => ({ ...device, ...adviceOf(device) }));
  const safe = withoutSecrets(config);
  const json = { ...head, results, ports: run.ports, config: safe, records };
  const lines = [
    `一窗设备检测报告　窗口 ${config.terminal.id}　${hallMinute(Date.parse(run.startedAt))}`,
    `程序 ${version}　${head.platform}　Node ${head.node}`,
    '',
    ...run.devices.flatMap((device) => describe(device, run)),
    '',
    '本机串口',
    ...(run.ports.length === 0 ? ['  没有'] : run.ports.map(describePort)),
    '',
    '配置（不含密钥）',
    JSON.stringify(safe, null, 2),
    '',
    '端口上最后的字节（·· 表示可能属于个人的内容，已隐去）',
    ...records.flatMap(({ device, record }) => describeRecord(device, record)),
    '',
  ];
  return { name: nameOf(config.terminal.id, run), text: lines.join('\n'), json: `${JSON.stringify(json, null, 2)}\n` };
}

/** One device as the command line says it: sign word, name, sentence. */
export function lineOf(device: Examination): string {
  const { verdict, sentence } = adviceOf(device);
  return `${VERDICT_WORDS[verdict]}　${nameOfDevice(device.device)}：${sentence}`;
}

/** The lines under it: what to do, and which ports there are. */
export function detailsOf(device: Examination, { ports }: DoctorRun): string[] {
  const { steps } = adviceOf(device);
  const hint = portHint(device.port, device.reason ?? 'well', ports);
  return [...steps.map((step, index) => `${index + 1}. ${step}`), ...(hint ? [hint.wanted, hint.found] : [])];
}

function adviceOf({ kind, reason }: Examination) {
  return adviceFor(kind, reason ?? 'out-of-time');
}

function describe(device: Examination, run: DoctorRun): string[] {
  const at = device.port === null ? [] : [`    ${device.driver}　${device.port}　${device.reason}`];
  return [lineOf(device), ...at, ...detailsOf(device, run).map((line) => `    ${line}`)];
}

function describePort({ path, identity, manufacturer, device }: DoctorRun['ports'][number]): string {
  return `  ${[path, identity, manufacturer, device].filter((each) => each !== null).join('　')}`;
}

function describeRecord(device: string, record: DeviceOutput<'devices.record'> | null): string[] {
  if (!record) return [`${nameOfDevice(device)}：没有记录`];
  const counters = Object.entries(record.counters).map(([name, count]) => `${name} ${count}`);
  return [
    `${nameOfDevice(device)}　${record.port}　${counters.join('，')}`,
    ...joinHidden(record.entries)
      .slice(-SHOWN_ENTRIES)
      .map(({ at, kind, text }) => `  ${at} ${kind} ${text}`),
  ];
}

type Entry = DeviceOutput<'devices.record'>['entries'][number];

/** A card comes in a hundred pieces of which nothing may be shown: they are one line. */
function joinHidden(entries: readonly Entry[]): Entry[] {
  const joined: (Entry & { hidden: number })[] = [];
  for (const entry of entries) {
    const hidden = /^(··( |$))+$/.test(entry.text) ? entry.text.split(' ').length : 0;
    const last = joined.at(-1);
    if (hidden > 0 && last && last.hidden > 0 && last.kind === entry.kind) last.hidden += hidden;
    else joined.push({ ...entry, hidden });
  }
  return joined.map(({ hidden, ...entry }) => (hidden === 0 ? entry : { ...entry, text: `·· × ${hidden}` }));
}

/** Where to look, and not how to get in: codes and arguments of foreign programs stay here. */
function withoutSecrets({ terminal, hub, devices }: TerminalConfig): object {
  const hidden = ['args', 'player', 'command', 'enrolmentCode'];
  const safe = JSON.stringify({ terminal, hub, devices }, (key, value: unknown) =>
    hidden.includes(key) ? '（已隐去）' : value,
  );
  return JSON.parse(safe) as object;
}

/** `yichuang-doctor-W07-20261127-0315`, in hall time. */
function nameOf(terminal: string, { startedAt }: DoctorRun): string {
  const [day = '', minute = ''] = hallMinute(Date.parse(startedAt)).split(' ');
  return `yichuang-doctor-${terminal}-${day.replaceAll('-', '')}-${minute.replaceAll(':', '')}`;
}
