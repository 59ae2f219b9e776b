import type { DeviceOutput } from '../deviceProtocol.ts';
import type { DoctorReason } from './reasons.ts';

/** Where the list of ports helps: the configured name is not there, or is there several times. */
const ABOUT_PORTS: readonly DoctorReason[] = [
  'device-port-missing',
  'device-port-ambiguous',
  'device-port-forbidden',
  'device-busy',
  'device-hung',
];

/**
 * Which port the configuration asks for and which there are, in two sentences.
 * @returns null where the ports of this machine have nothing to do with it
 */
export function portHint(
  port: string | null,
  reason: DoctorReason,
  ports: DeviceOutput<'ports.list'>,
): { wanted: string; found: string } | null {
  if (port === null || !ABOUT_PORTS.includes(reason) || /^(tcp|rfc2217|audio):/.test(port)) return null;
  const all = ports.map(({ path, identity, manufacturer }) => {
    const about = [identity, manufacturer].filter((each) => each !== null);
    return about.length === 0 ? path : `${path}（${about.join('，')}）`;
  });
  return {
    wanted: `配置要找：${port}`,
    found: all.length === 0 ? '本机没有任何串口' : `本机现有：${all.join('、')}`,
  };
}
