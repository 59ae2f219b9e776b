/** Kinds of devices at a terminal: keys of `devices` in the configuration. Free of zod, for the pages. */
export const DEVICE_KINDS = [
  'idReader',
  'ticketPrinter',
  'certificatePrinter',
  'displays',
  'voices',
  'keypad',
  'rating',
] as const;
export type DeviceKind = (typeof DEVICE_KINDS)[number];

/** Kinds of which a terminal has several; in the configuration a record, whose it is → its device. */
export const DEVICE_FAMILIES = ['displays', 'voices'] as const satisfies readonly DeviceKind[];
export type DeviceFamily = (typeof DEVICE_FAMILIES)[number];

export function isFamily(kind: DeviceKind): kind is DeviceFamily {
  return (DEVICE_FAMILIES as readonly DeviceKind[]).includes(kind);
}

/** `idReader` → `idReader`, `displays.W07` → `displays`. */
export function kindOf(key: string): DeviceKind {
  return key.split('.')[0] as DeviceKind;
}

/** Whose a device of a family is: `displays.W07` → `W07`; null of a single device. */
export function ownerOf(key: string): string | null {
  return key.split('.')[1] ?? null;
}
