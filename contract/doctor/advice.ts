import type { DeviceKind } from '../deviceKinds.ts';
import type { DeviceStatus } from '../deviceProtocol.ts';
import { COMMON } from './common.ts';
import { KINDS } from './kinds.ts';
import type { Advice, DoctorReason } from './reasons.ts';

/** Every way the test of a device can end. */
export const DOCTOR_REASONS = Object.keys(COMMON) as DoctorReason[];

/** What an ending means at a device of this kind: the one table of page, command, report and docs. */
export function adviceFor(kind: DeviceKind, reason: DoctorReason): Advice {
  return { ...COMMON[reason], ...KINDS[kind][reason] };
}

export function isDoctorReason(word: unknown): word is DoctorReason {
  return typeof word === 'string' && Object.hasOwn(COMMON, word);
}

/** What a status says about the device, before anything was asked of it but whether it is there. */
export function reasonOfStatus({ health, reason }: Pick<DeviceStatus, 'health' | 'reason'>): DoctorReason {
  if (isDoctorReason(reason)) return reason;
  switch (health) {
    case 'online':
      return 'well';
    case 'unknown':
      return 'mute';
    case 'starting':
      return 'deadline';
    case 'offline':
      return 'device-offline';
    case 'attention':
    case 'fault':
      return 'unnamed-fault';
  }
}
