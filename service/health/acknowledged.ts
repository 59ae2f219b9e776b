import { isHealthCode } from '../../contract/health.ts';
import { machineAlarmOf } from '../../domain/board/alarms.ts';
import { hallDay } from '../../domain/time/hallTime.ts';
import type { ServiceContext } from '../context.ts';

/** A supervisor said at the board that an alarm of this machine is known: its banner goes here too. */
export function hearAcknowledged({ store, health, config, now }: ServiceContext): void {
  for (const { alarm, by, at } of store.hall.byDay('alarm', hallDay(now()))) {
    const about = machineAlarmOf(alarm);
    if (about?.terminal !== config.terminal.id || !isHealthCode(about.code)) continue;
    const raised = health.list().find(({ code }) => code === about.code);
    if (raised?.known === null && Date.parse(at) >= Date.parse(raised.since))
      health.acknowledge(raised.code, by, Date.parse(at));
  }
}
