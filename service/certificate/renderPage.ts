import { YichuangError } from '../../contract/errors.ts';
import type { MethodOutput } from '../../contract/rpc.ts';
import type { CertificateRecord } from '../../domain/case/progress.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { buildCertificateContent, type CertificateContent } from '../../domain/certificate/content.ts';
import { UNCALIBRATED } from '../../domain/form/calibration.ts';
import type { PreparedPrint } from '../../domain/printJob/types.ts';
import type { ServiceContext } from '../context.ts';
import { ANY_PRINTER, calibrationFor, type FormInForce, formsInForce } from './paperSettings.ts';
import { renderCertificate } from './render.ts';

/** A page ready for the printer: what stands on it, and the bytes that put it there. */
interface RenderedPage extends Pick<PreparedPrint, 'layout' | 'calibration' | 'content' | 'sha256'> {
  bytes: Uint8Array;
}

/** What stands on the certificate: printed, previewed and checked from the same rows. */
function contentOf(context: ServiceContext, record: CaseRecord, certificate: CertificateRecord): CertificateContent {
  if (record.bookedAt === null) throw new YichuangError('no-output');
  const { catalogueVersion } = record.acceptance;
  return buildCertificateContent(record, certificate, {}, context.catalogueOf(catalogueVersion));
}

/** The paper a certificate of this kind is printed on. */
function formOf(context: ServiceContext, { kind }: Pick<CertificateRecord, 'kind'>): FormInForce {
  const found = formsInForce(context).find(({ form }) => form.kind === kind);
  if (!found) throw new YichuangError('form-invalid');
  return found;
}

/** The page, without a printer. @throws as renderCertificate */
export async function previewPage(
  context: ServiceContext,
  record: CaseRecord,
  certificate: CertificateRecord,
): Promise<MethodOutput<'certificate.preview'>> {
  const content = contentOf(context, record, certificate);
  const { form } = formOf(context, certificate);
  const printer = context.config.devices.certificatePrinter ?? ANY_PRINTER;
  const { svg, formSvg } = await renderCertificate(content, { form, calibration: UNCALIBRATED, printer });
  const { id, name, width, height, measures } = form;
  return { svg, formSvg, content, form: { id, name, width, height, measures } };
}

/** The certificate as the bytes of this machine's printer. @throws as renderCertificate */
export async function renderPage(
  context: ServiceContext,
  record: CaseRecord,
  certificate: CertificateRecord,
): Promise<RenderedPage> {
  const printer = context.config.devices.certificatePrinter;
  if (!printer) throw new YichuangError('device-not-configured');
  const content = contentOf(context, record, certificate);
  const { form, layout } = formOf(context, certificate);
  const calibration = calibrationFor(context, printer, form.id);
  const { bytes, sha256 } = await renderCertificate(content, { form, calibration, printer });
  return { layout, calibration: calibration.id, content, sha256, bytes };
}
