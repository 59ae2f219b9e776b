import { app, powerMonitor } from 'electron';
import type { PowerState } from '../../contract/serviceProtocol.ts';

const STATES = ['suspend', 'resume', 'lock-screen', 'unlock-screen'] as const satisfies readonly PowerState[];

/** After `ready`. The service closes ports and sessions itself; when the computer shuts down we go in order. */
export function watchPower(changed: (state: PowerState) => void): void {
  // One overload per event name: Electron types no union of them.
  const listen = powerMonitor.on.bind(powerMonitor) as (event: PowerState, listener: () => void) => void;
  for (const state of STATES) listen(state, () => changed(state));
  powerMonitor.on('shutdown', () => app.quit());
}
