import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import path from 'node:path';
import { certificatePrinterConfig, type DevicesConfig } from '../../contract/config/devices.ts';
import { UNCALIBRATED } from '../../domain/form/calibration.ts';
import { ASSUMED_FORMS } from '../../domain/form/forms.ts';
import type { PrintForm } from '../../domain/form/types.ts';
import { SupervisedChild } from '../../link/supervisedChild.ts';
import { rasteriseSvg } from '../../native/paper/raster.ts';
import { renderCertificate } from '../../service/certificate/render.ts';
import { CERTIFICATE } from '../fixtures/certificates.ts';
import { type Figure, figure, median, percentile, time } from './figures.ts';

const ROUNDS = 25;
const CALL_MS = 60_000;
const form = ASSUMED_FORMS[0] as PrintForm;
const EMPTY = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${form.width} ${form.height}"></svg>`;

/**
 * From the clerk's confirmation to the first byte at the printer's end of a socket: page, dots and devices process as in
 * the program; beside an empty page and a bare write. Targets: first byte ≤ 50 ms + raster, raster ≤ 100 ms.
 */
export async function benchPrint(): Promise<Figure[]> {
  const printer = await listen();
  const port = `tcp://127.0.0.1:${(printer.server.address() as AddressInfo).port}`;
  const config = certificatePrinterConfig.parse({ driver: 'escp', port, baudRate: 921_600 });
  const devices: DevicesConfig = { certificatePrinter: config };
  const child = new SupervisedChild({
    name: 'devices',
    entry: path.resolve(import.meta.dirname, '../../native/main.ts'),
    execPath: process.execPath,
    start: () => devices,
  });
  try {
    await child.call('devices.test', { device: 'certificatePrinter' }, CALL_MS);
    const rounds = await measure(child, printer.firstByte, config);
    const bare = await bareWrites(port, printer.firstByte);
    const { svg } = await renderCertificate(CERTIFICATE, { form, calibration: UNCALIBRATED, printer: config });
    const raster = await repeat(() => time(() => rasteriseSvg(svg, { dpiX: 180, dpiY: 180 })));
    const empty = await repeat(() => time(() => rasteriseSvg(EMPTY, { dpiX: 180, dpiY: 180 })));
    return [
      figure('print.raster', median(raster), 'ms', median(empty)),
      figure('print.page', median(rounds.page), 'ms', median(empty)),
      figure('print.firstByte', median(rounds.first), 'ms', median(bare)),
      figure('print.firstByte.p95', percentile(rounds.first, 0.95), 'ms', median(bare)),
      figure('print.firstByte.beyondPage', median(rounds.beyond), 'ms', median(bare)),
      figure('print.bytes', rounds.bytes, 'bytes'),
    ];
  } finally {
    await child.stop();
    printer.server.close();
  }
}

async function measure(
  child: SupervisedChild,
  firstByte: () => Promise<number>,
  printer: ReturnType<typeof certificatePrinterConfig.parse>,
): Promise<{ first: number[]; page: number[]; beyond: number[]; bytes: number }> {
  const result = { first: [] as number[], page: [] as number[], beyond: [] as number[], bytes: 0 };
  // The first page of a process opens the fonts: it is not counted, and nor is the first job, which wakes the printer.
  for (let round = -2; round < ROUNDS; round++) {
    const confirmedAt = performance.now();
    const { bytes } = await renderCertificate(CERTIFICATE, { form, calibration: UNCALIBRATED, printer });
    const renderedAt = performance.now();
    const arrived = firstByte();
    const sent = child.call(
      'certificate.send',
      { jobId: `bench-${round}`, bytes: Buffer.from(bytes).toString('base64') },
      CALL_MS,
    );
    const arrivedAt = await arrived;
    await sent;
    if (round < 0) continue;
    result.first.push(arrivedAt - confirmedAt);
    result.page.push(renderedAt - confirmedAt);
    result.beyond.push(arrivedAt - renderedAt);
    result.bytes = bytes.length;
  }
  return result;
}

async function bareWrites(port: string, firstByte: () => Promise<number>): Promise<number[]> {
  const socket = connect({ port: Number(new URL(port).port), host: '127.0.0.1', noDelay: true });
  await once(socket, 'connect');
  const spans = await repeat(async () => {
    const startedAt = performance.now();
    const arrived = firstByte();
    socket.write(Uint8Array.of(0x1b, 0x40));
    return (await arrived) - startedAt;
  });
  socket.destroy();
  return spans;
}

async function repeat(work: () => Promise<number>): Promise<number[]> {
  const spans: number[] = [];
  for (let round = 0; round < ROUNDS; round++) spans.push(await work());
  return spans;
}

/** A socket that takes everything and says when the next byte came. */
async function listen(): Promise<{ server: Server; firstByte: () => Promise<number> }> {
  let came: (at: number) => void = () => {};
  const server = createServer({ noDelay: true }, (socket) => {
    socket.on('error', () => {});
    socket.on('data', () => came(performance.now()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const firstByte = (): Promise<number> =>
    new Promise((resolve) => {
      came = resolve;
    });
  return { server, firstByte };
}
