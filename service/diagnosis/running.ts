import type { ServiceContext } from '../context.ts';

/** Alarms, line, devices and the doctor's last results, without sentences that could quote something. */
export function runningOf(context: ServiceContext): object {
  const { health, devices, doctor } = context;
  const last = doctor.lastRun;
  return {
    alarms: health.list().map(({ known, ...alarm }) => ({ ...alarm, isKnown: known !== null })),
    sync: { ...context.syncLine(), trouble: context.sync()?.trouble ?? null },
    devices: devices.status().map(({ message: _message, ...status }) => status),
    doctor: last && {
      startedAt: last.startedAt,
      endedAt: last.endedAt,
      devices: last.devices.map(({ device, driver, port, phase, reason }) => ({ device, driver, port, phase, reason })),
    },
  };
}
