/** A machine at which people work, or the hub of a hall. */
export type DeviceKind = 'terminal' | 'relay';

export interface EnrolledDevice {
  id: string;
  terminal: string;
  hall: string;
  kind: DeviceKind;
}
