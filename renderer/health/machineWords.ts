import { isHealthCode } from '../../contract/health.ts';
import { t } from '../strings/index.ts';

/** What is wrong with a machine; it may know of more than this page does. */
export function machineWords(code: string): string {
  return isHealthCode(code) ? t.health.codes[code].what : t.machines.unknownAlarm(code);
}
