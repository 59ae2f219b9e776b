import type { CertificatePrinterConfig } from '../../contract/config/devices.ts';
import { CERTIFICATE_DEADLINE_MS } from '../../contract/deviceProtocol.ts';
import { YichuangError } from '../../contract/errors.ts';
import type { MethodName } from '../../contract/rpc.ts';
import { CalibrationError, solveCalibration, UNCALIBRATED } from '../../domain/form/calibration.ts';
import { findFormProblems } from '../../domain/form/check.ts';
import { sampleFor } from '../../domain/form/sample.ts';
import { measuredCrosses } from '../../domain/form/testPages.ts';
import { ANY_PRINTER, formInForce, formOfVersion, formsInForce, placeOf } from '../certificate/paperSettings.ts';
import { renderCalibrationTest, renderCertificate } from '../certificate/render.ts';
import type { Handlers, ServiceContext } from '../context.ts';
import { unlessSlow } from '../unlessSlow.ts';

/** A page of dots takes minutes at 9600 baud. */
const PATIENCE_MS = 40_000;

type PaperMethod = Extract<MethodName, `calibration.${string}` | `forms.${string}`>;

/** Setting the printer of this machine to a form, and the form to its paper. */
export const paperSettingsHandlers: Handlers<PaperMethod> = {
  'calibration.get': ({ context, params: { form, path } }) => {
    const printer = context.config.devices.certificatePrinter;
    if (!printer) return { printer: null, path: path ?? 'front', calibration: null };
    const place = placeOf(printer, form, path);
    return { printer: place.printer, path: place.path, calibration: context.store.calibrations.inForce(place) };
  },

  'calibration.history': ({ context, params: { form, path } }) => ({
    rows: context.store.calibrations.history(placeOf(expectPrinter(context), form, path)),
  }),

  'calibration.print': async ({ context, params: { form, test, values } }) => {
    const printer = expectPrinter(context);
    const { prints } = context.store;
    if (prints.open().some((job) => prints.isOwn(job) && job.state === 'SENDING'))
      throw new YichuangError('printer-printing');
    const { form: paper } = formInForce(context, form);
    const { bytes } = await renderCalibrationTest({
      form: paper,
      printer,
      test,
      calibration: { id: 'trial', ...values },
    });
    const job = { jobId: context.newId(), bytes: Buffer.from(bytes).toString('base64') };
    // Who waits no longer looks at the paper, and the device says of itself what is wrong with it.
    const sending = context.devices.call('certificate.send', job, CERTIFICATE_DEADLINE_MS);
    return {
      bytes: bytes.length,
      ms: await unlessSlow(
        sending.then(({ ms }) => ms),
        PATIENCE_MS,
      ),
    };
  },

  'calibration.solve': ({ context, params: { form, printedWith, first, last, corner } }) => {
    const crosses = measuredCrosses(formInForce(context, form).form);
    try {
      const { calibration, rotation } = solveCalibration(
        [
          { expected: crosses.first, measured: first },
          { expected: crosses.last, measured: last },
        ],
        printedWith,
        corner && { expected: crosses.corner, measured: corner },
      );
      return { values: calibration, rotation };
    } catch (error) {
      if (!(error instanceof CalibrationError)) throw error;
      throw new YichuangError('calibration-refused', { details: { reason: error.reason }, cause: error });
    }
  },

  'calibration.adjust': ({ context, connection, params: { form, path, base, how, values } }) => {
    const { staff } = context.sessions.require(connection);
    const place = placeOf(expectPrinter(context), formInForce(context, form).form.id, path);
    const made = { id: context.newId(), ...values, how, at: new Date(context.now()).toISOString(), by: staff.number };
    return { calibration: context.store.calibrations.add(place, made, base) };
  },

  'forms.list': ({ context }) => ({
    forms: formsInForce(context).map(({ form: { id, name, kind, measures }, version, at, by }) => ({
      ...{ id, name, kind, measures },
      ...{ version, at, by },
    })),
  }),

  'forms.get': ({ context, params: { form: id, version } }) => {
    const newest = formInForce(context, id).version;
    const wanted = version ?? newest;
    return {
      form: formOfVersion(context, id, wanted),
      version: wanted,
      newest,
      versions: context.store.printForms.versions(id).map((kept) => ({
        ...{ version: kept.version, at: kept.at, by: kept.by },
      })),
    };
  },

  'forms.preview': async ({ context, params: { form } }) => {
    const printer = context.config.devices.certificatePrinter ?? ANY_PRINTER;
    const { svg, formSvg } = await renderCertificate(sampleFor(form), { form, printer, calibration: UNCALIBRATED });
    return { svg, formSvg };
  },

  'forms.save': ({ context, connection, params: { form, base } }) => {
    const { staff } = context.sessions.require(connection);
    const problems = findFormProblems(form);
    const known = formsInForce(context).find((each) => each.form.id === form.id);
    if (problems.length > 0) throw new YichuangError('form-invalid', { details: { problems } });
    // What is a certificate does not become a proof: jobs of the earlier version refer to the same form.
    if (known && known.form.kind !== form.kind) throw new YichuangError('form-invalid', { details: { problems } });
    const at = new Date(context.now()).toISOString();
    return { version: context.store.printForms.save(form, base, { at, by: staff.number }).version };
  },
};

function expectPrinter({ config }: ServiceContext): CertificatePrinterConfig {
  const printer = config.devices.certificatePrinter;
  if (!printer) throw new YichuangError('device-not-configured');
  return printer;
}
