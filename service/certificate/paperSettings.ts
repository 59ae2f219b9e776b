import { type CertificatePrinterConfig, escpConfig } from '../../contract/config/devices.ts';
import { YichuangError } from '../../contract/errors.ts';
import type { CalibrationPlace } from '../../db/calibrations.ts';
import { type Calibration, UNCALIBRATED } from '../../domain/form/calibration.ts';
import { ASSUMED_FORMS, formsFor, layoutName } from '../../domain/form/forms.ts';
import type { PrintForm } from '../../domain/form/types.ts';
import type { ServiceContext } from '../context.ts';

/** By which form and with which calibration this machine prints. */

/** A page looks the same whatever will print it; this one takes every width. */
export const ANY_PRINTER = escpConfig.parse({ driver: 'escp', port: 'preview', printableWidth: 400 });

export interface FormInForce {
  form: PrintForm;
  /** 0: as the program comes. */
  version: number;
  /** As a print job names it. */
  layout: string;
  at: string | null;
  by: string | null;
}

/** Every form of this machine in the version that is printed by; those changed here first. */
export function formsInForce({ store }: Pick<ServiceContext, 'store'>): FormInForce[] {
  const kept = new Map(store.printForms.newest().map((each) => [each.form.id, each]));
  const forms = (['certificate', 'proof'] as const).flatMap((kind) =>
    formsFor(
      kind,
      [...kept.values()].map(({ form }) => form),
    ),
  );
  return forms.map((form) => {
    const { version = 0, at = null, by = null } = kept.get(form.id) ?? {};
    return { form, version, layout: layoutName(form.id, version), at, by };
  });
}

/** @throws YichuangError `form-not-found` */
export function formInForce(context: Pick<ServiceContext, 'store'>, id: string): FormInForce {
  const found = formsInForce(context).find(({ form }) => form.id === id);
  if (!found) throw new YichuangError('form-not-found');
  return found;
}

/** @throws YichuangError `form-not-found` */
export function formOfVersion(context: Pick<ServiceContext, 'store'>, id: string, version: number): PrintForm {
  const shipped = version === 0 ? ASSUMED_FORMS.find((form) => form.id === id) : undefined;
  const kept = context.store.printForms.versions(id).find((each) => each.version === version);
  const found = kept?.form ?? shipped;
  if (!found) throw new YichuangError('form-not-found');
  return found;
}

/**
 * A printer is known by its driver and port: neither of them tells its number, and a calibration of another printer must
 * not be taken for its own.
 */
export function placeOf(
  { driver, port, paperPath }: CertificatePrinterConfig,
  form: string,
  path = paperPath,
): CalibrationPlace {
  return { printer: `${driver} ${port}`, form, path };
}

/** With what a page for this printer is encoded; UNCALIBRATED before the first measuring. */
export function calibrationFor(
  { store }: Pick<ServiceContext, 'store'>,
  printer: CertificatePrinterConfig,
  form: string,
): Calibration {
  const { id, dx, dy, scaleX, scaleY } = store.calibrations.inForce(placeOf(printer, form)) ?? UNCALIBRATED;
  return { id, dx, dy, scaleX, scaleY };
}
