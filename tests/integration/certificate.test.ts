import { v7 } from 'uuid';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { escpConfig } from '../../contract/config/devices.ts';
import type { PrintJob } from '../../contract/rpc/certificate.ts';
import { Ledger } from '../../db/ledger.ts';
import { readMeta } from '../../db/meta.ts';
import { beginEpochAfterLoss } from '../../db/newEpoch.ts';
import { openDatabase } from '../../db/open.ts';
import { verifyDatabase } from '../../db/verify.ts';
import { type Calibration, UNCALIBRATED } from '../../domain/form/calibration.ts';
import { moveField } from '../../domain/form/edit.ts';
import type { FormContent } from '../../domain/form/fieldTexts.ts';
import type { PrintForm } from '../../domain/form/types.ts';
import { startEscpSimulator } from '../../native/simulator/escp/simulator.ts';
import { renderCertificate } from '../../service/certificate/render.ts';
import { codeOf } from '../fixtures/codeOf.ts';
import { desk, startTestOffice } from '../fixtures/office.ts';
import { type PrintSink, startPrintSink } from '../fixtures/printSink.ts';
import { openPtyPair } from '../fixtures/pty.ts';
import { startTestService } from '../fixtures/service.ts';
import { TEST_KEY } from '../fixtures/store.ts';

/** A print desk, W07, with its service, its devices process and a printer on a TCP line, and a real centre. */

const D = (n: number) => `D${22_000_000_000 + n}`;
const TODAY = '2026-11-23';
const WAIT = { timeout: 45_000, interval: 20 };
const now = () => Date.parse('2026-11-23T02:00:00Z');

let office: Awaited<ReturnType<typeof startTestOffice>>;
let sink: PrintSink;
let terminal: ReturnType<typeof startTestService>;
beforeEach(async () => {
  office = await startTestOffice({ now });
  sink = await startPrintSink();
  terminal = await openTerminal('W07', sink.port);
  const store = { form: 'certificate', first: D(1), count: 100 } as const;
  await terminal.call('blanks.receive', { ...id(), ...store }, 'SUP', 'supervisor');
  await terminal.call('blanks.assign', { ...id(), from: D(1), count: 20, window: 'W07' }, 'SUP', 'supervisor');
  await terminal.call('blanks.assign', { ...id(), from: D(21), count: 5, window: 'W03' }, 'SUP', 'supervisor');
}, 90_000);
afterEach(async () => {
  await terminal.dispose();
  await office.dispose();
  await sink.close();
});

const id = () => ({ commandId: v7() });

async function openTerminal(name: string, port: string | null) {
  const enrolmentCode = await office.centre.createEnrolmentCode({ terminal: name });
  const devices = port === null ? {} : { certificatePrinter: { driver: 'escp', port, baudRate: 921_600 } };
  const config = { terminal: { id: name, hall: 'main' }, hub: { url: office.centre.url, enrolmentCode }, devices };
  const opened = startTestService({ staff: [], now, config });
  await vi.waitFor(async () => expect(await opened.call('sync.status', {})).toMatchObject({ link: 'connected' }), WAIT);
  for (const role of ['SUP', 'WIN', 'PRT', 'QC'] as const) {
    await opened.call('session.login', { number: desk(role), password: 'example-pass' }, role, 'supervisor');
  }
  if (port !== null) await printerIsThere(opened);
  return opened;
}

const printerIsThere = (opened: typeof terminal) =>
  vi.waitFor(async () => expect((await opened.call('devices.status', {}))[0]?.health).toBe('unknown'), WAIT);

/** @returns the case as BOOKED, known at the print desk */
async function bookCase(certificates = [['张三']]): Promise<string> {
  const asked = certificates.map((holders) => ({ kind: 'certificate' as const, holders }));
  const caseId = await office.acceptAndBook('C24', asked);
  await vi.waitFor(async () => expect((await read(caseId)).state).toBe('BOOKED'), WAIT);
  return caseId;
}

async function read(caseId: string, at = terminal) {
  return (await at.call('case.get', { id: caseId }, 'PRT')).record;
}

async function print(caseId: string, blank: string, { index = 0, commandId = v7(), at = terminal } = {}) {
  const { version, certificates } = await read(caseId, at);
  const certificate = certificates[index]?.number ?? '';
  return at.call('certificate.print', { commandId, caseId, baseVersion: version, certificate, blank }, 'PRT');
}

const jobsOf = async (caseId: string) => (await terminal.call('certificate.jobs', { caseId }, 'PRT')).jobs;
const open = async (at = terminal) => (await at.call('certificate.jobs', {}, 'SUP', 'supervisor')).jobs;
const states = (job: Pick<PrintJob, 'history'> | undefined) =>
  job?.history.map(({ state, why }) => (why === null ? state : `${state} ${why}`));
const confirm = (job: string, serial: string, commandId = v7()) =>
  terminal.call('certificate.confirm', { commandId, job, serial }, 'PRT');
const spoil = (job: string, overrides = {}) =>
  terminal.call(
    'certificate.spoil',
    { ...id(), job, reason: 'jam', note: '', witness: desk('WIN'), ...overrides },
    'PRT',
  );

function expectSound() {
  const db = openDatabase({ file: `${terminal.dir}/yichuang.db`, keyHex: TEST_KEY, readonly: true });
  expect(verifyDatabase(db)).toEqual([]);
  db.close();
}

test('printed, looked at, confirmed by its number: once on paper, once in the books', async () => {
  const caseId = await bookCase();
  const { job, record } = await print(caseId, D(1));
  expect(states(job)).toEqual(['PREPARED', 'SENDING', 'SENT']);
  expect(record).toMatchObject({ state: 'PRINTING', certificates: [{ blank: D(1), printedAt: null }] });
  await vi.waitFor(() => expect(sink.bytes().length).toBeGreaterThanOrEqual(job.bytes), WAIT);
  expect((await open()).map(({ state }) => state)).toEqual(['SENT']);

  expect(await codeOf(confirm(job.id, D(2)))).toBe('blank-mismatch');
  const confirmed = await confirm(job.id, D(1));
  expect(confirmed.job.state).toBe('CONFIRMED');
  expect(confirmed.record.state).toBe('PRINTED');
  expect(await open()).toEqual([]);
  expect((await office.read(caseId)).state).toBe('PRINTED');

  const [kept] = await jobsOf(caseId);
  expect(kept?.content?.rows.find(({ key }) => key === 'holder')?.value).toBe('张三');
  expect(kept).toMatchObject({ blank: D(1), isHere: true, layout: expect.any(String), sha256: job.sha256 });
  expectSound();
}, 60_000);

test('a certificate is laid out by the form of this machine, moved by its calibration, and its job names both', async () => {
  const ask: typeof terminal.call = (method, input) => terminal.call(method, input, 'SUP', 'supervisor');
  const { form } = await ask('forms.get', { form: 'certificate-single.assumed' });
  const corrected = moveField(form, 0, { x: 12, y: 0 });
  await ask('forms.save', { form: corrected, base: 0 });
  const values = { dx: 9, dy: -6, scaleX: 0.99, scaleY: 1.01 };
  const place = { form: form.id, path: 'front' };
  const { calibration } = await ask('calibration.adjust', { ...place, base: null, how: 'measured', values });

  const caseId = await bookCase();
  const { job } = await print(caseId, D(1));
  expect(job).toMatchObject({ layout: 'certificate-single.assumed@1', calibration: calibration.id });
  const [kept] = await jobsOf(caseId);
  if (!kept?.content) throw new Error('no content');
  const printer = escpConfig.parse({ driver: 'escp', port: sink.port });
  const rendered = (paper: PrintForm, used: Calibration) =>
    renderCertificate(kept.content as FormContent, { form: paper, calibration: used, printer });
  expect(job.sha256).toBe((await rendered(corrected, { id: 'c', ...values })).sha256);
  expect(job.sha256).not.toBe((await rendered(corrected, UNCALIBRATED)).sha256);
  expect(job.sha256).not.toBe((await rendered(form, { id: 'c', ...values })).sha256);
}, 60_000);

test('the sheet in the printer must be the next of this window, and each wrong one has its own answer', async () => {
  const caseId = await bookCase();
  await terminal.call(
    'blanks.spoil',
    { ...id(), serial: D(1), reason: 'stained', witness: desk('WIN'), note: '' },
    'PRT',
  );
  for (const [blank, code] of [
    [D(999), 'blank-unknown'],
    [D(1), 'blank-used'],
    [D(21), 'blank-other-window'],
    [D(60), 'blank-not-assigned'],
    [D(3), 'blank-not-next'],
  ] as const) {
    expect(await codeOf(print(caseId, blank)), blank).toBe(code);
  }
  expect((await read(caseId)).state).toBe('BOOKED');
  expect(await jobsOf(caseId)).toEqual([]);
  expect(sink.count(Buffer.from([0x0c]))).toBe(0);
  expect((await print(caseId, D(2))).job.state).toBe('SENT');
}, 60_000);

test('the same command twice, at once and later, is one print', async () => {
  const caseId = await bookCase();
  const commandId = v7();
  const [first, second] = await Promise.all([print(caseId, D(1), { commandId }), print(caseId, D(1), { commandId })]);
  expect(second.job).toEqual(first.job);
  expect((await print(caseId, D(1), { commandId })).job).toEqual(first.job);
  expect(await codeOf(print(caseId, D(1)))).toBe('blank-used');
  expect(await jobsOf(caseId)).toHaveLength(1);
  await vi.waitFor(() => expect(sink.bytes().length).toBeGreaterThanOrEqual(first.job.bytes), WAIT);
  expect(sink.bytes().length).toBeLessThan(first.job.bytes * 2);
}, 60_000);

test('a print that went wrong is void before two people, and the number goes on a new sheet', async () => {
  const caseId = await bookCase();
  const { job } = await print(caseId, D(1));
  const number = job.certificate;
  expect(await codeOf(spoil(job.id, { witness: desk('PRT') }))).toBe('two-person');
  const spoiled = await spoil(job.id);
  expect(spoiled.job.state).toBe('SPOILED');
  expect(spoiled.record).toMatchObject({ state: 'BOOKED', certificates: [{ number, blank: null }] });
  expect(await codeOf(print(caseId, D(1)))).toBe('blank-used');
  const again = await print(caseId, D(2));
  expect(again.job).toMatchObject({ certificate: number, blank: D(2), state: 'SENT' });
  await confirm(again.job.id, D(2));
  expect((await read(caseId)).state).toBe('PRINTED');
  expectSound();
}, 60_000);

test('a sheet that the check refuses (T32) frees its number at the printer too', async () => {
  const caseId = await bookCase();
  const { job } = await print(caseId, D(1));
  await confirm(job.id, D(1));
  const data = { blank: D(1), reason: 'wrong-data', note: '坐落有误', witness: desk('WIN') } as const;
  expect(await office.advance(caseId, desk('QC'), { transition: 'T32', data })).toBe(200);
  await vi.waitFor(async () => expect((await jobsOf(caseId))[0]?.state).toBe('SPOILED'), WAIT);
  expect((await print(caseId, D(2))).job.state).toBe('SENT');
}, 60_000);

test('while the centre is away a print is confirmed or voided here, and a new one waits', async () => {
  const [good, bad] = [await bookCase(), await bookCase()];
  const goodJob = (await print(good, D(1))).job;
  const badJob = (await print(bad, D(2))).job;
  await office.centre.close();
  await vi.waitFor(async () => expect(await terminal.call('sync.status', {})).toMatchObject({ link: 'offline' }), WAIT);
  expect((await confirm(goodJob.id, D(1))).record.state).toBe('PRINTED');
  expect((await spoil(badJob.id)).record.state).toBe('BOOKED');
  expect(await codeOf(print(bad, D(3)))).toBe('offline');
  expectSound();
}, 60_000);

test('T28 was done and its answer was lost: the same command goes on, and so does another', async () => {
  for (const isSame of [true, false]) {
    const caseId = await bookCase();
    const commandId = v7();
    const { certificates, version } = await read(caseId);
    const number = certificates[0]?.number ?? '';
    const blank = isSame ? D(1) : D(2);
    const advance = { transition: 'T28' as const, data: { blanks: [{ number, blank }], through: 'printer' as const } };
    expect(await office.act(caseId, desk('PRT'), version, { kind: 'advance', advance }, commandId)).toBe(200);
    const again = { commandId, caseId, baseVersion: version, certificate: number, blank };
    if (isSame) await terminal.call('certificate.print', again, 'PRT');
    else {
      // Somebody who comes back later, when the pull has brought what was done.
      await vi.waitFor(async () => expect((await read(caseId)).state).toBe('PRINTING'), WAIT);
      await print(caseId, blank);
    }
    const jobs = await jobsOf(caseId);
    expect(jobs.map(({ state }) => state)).toEqual(['SENT']);
    await confirm(jobs[0]?.id ?? '', blank);
  }
}, 60_000);

test('two certificates of one case: two sheets, and the case is printed when both are good', async () => {
  const caseId = await bookCase([['张三'], ['李四']]);
  const first = (await print(caseId, D(1))).job;
  expect((await read(caseId)).certificates.map(({ blank }) => blank)).toEqual([D(1), D(2)]);
  expect(await codeOf(print(caseId, D(3), { index: 1 }))).toBe('blank-mismatch');
  const second = (await print(caseId, D(2), { index: 1 })).job;
  expect((await confirm(first.id, D(1))).record.state).toBe('PRINTING');
  expect((await confirm(second.id, D(2))).record.state).toBe('PRINTED');
}, 60_000);

test('the line goes down in the middle: nobody knows, nothing is sent again, and a look decides', async () => {
  const caseId = await bookCase();
  sink.pause();
  const printing = codeOf(print(caseId, D(1)));
  await vi.waitFor(async () => expect((await jobsOf(caseId))[0]?.state).toBe('SENDING'), WAIT);
  const [job] = await jobsOf(caseId);
  expect(await codeOf(spoil(job?.id ?? ''))).toBe('printer-printing');
  sink.cut();
  sink.resume();
  // A printer that buffers all of it has it all, and the line is cut behind the last byte.
  const code = await printing;
  const [after] = await jobsOf(caseId);
  expect([code, after?.state]).toEqual(code === 'ok' ? ['ok', 'SENT'] : ['certificate-interrupted', 'UNKNOWN']);
  const length = sink.bytes().length;
  await printerIsThere(terminal);
  expect(await codeOf(print(caseId, D(1)))).toBe('blank-used');
  expect(await codeOf(print(caseId, D(2)))).toBe('blank-mismatch');
  // What a driver sends to a printer it opens marks no paper: no band of dots among it.
  expect(
    sink
      .bytes()
      .subarray(length)
      .includes(Buffer.from([0x1b, 0x2a])),
  ).toBe(false);
  const number = (await read(caseId)).version;
  const good = { transition: 'T29', data: {} } as const;
  expect(await codeOf(terminal.call('case.act', { ...id(), caseId, baseVersion: number, advance: good }, 'PRT'))).toBe(
    'print-open',
  );
  expect((await spoil(job?.id ?? '', { reason: 'misprint' })).record.state).toBe('BOOKED');
}, 60_000);

test('a restart finds what was on its way and asks; the supervisor sees it at another desk', async () => {
  const caseId = await bookCase();
  const { job } = await print(caseId, D(1));
  const other = await openTerminal('S01', null);
  try {
    await terminal.restart();
    await terminal.call('session.login', { number: desk('PRT'), password: 'example-pass' }, 'PRT', 'supervisor');
    const [question] = await open();
    expect(question).toMatchObject({ id: job.id, state: 'UNKNOWN', isHere: true });
    expect(states(question)?.at(-1)).toBe('UNKNOWN restart');
    await vi.waitFor(
      async () => expect((await open(other))[0]).toMatchObject({ state: 'UNKNOWN', isHere: false }),
      WAIT,
    );
    expect(await codeOf(other.call('certificate.confirm', { ...id(), job: job.id, serial: D(1) }, 'PRT'))).toBe(
      'print-elsewhere',
    );
    const at = await other.call('certificate.jobs', {}, 'PRT');
    expect(at).toMatchObject({ isPrinterHere: false, printers: [{ terminal: 'W07', driver: 'escp' }] });
    expect(await codeOf(print(caseId, D(1), { at: other }))).toBe('device-not-configured');
    expect((await confirm(job.id, D(1))).record.state).toBe('PRINTED');
  } finally {
    await other.dispose();
  }
}, 90_000);

test('a print by hand is told from one through the printer, and is not mixed with it', async () => {
  const caseId = await bookCase();
  const { version, certificates } = await read(caseId);
  const advance = {
    transition: 'T28' as const,
    data: { blanks: [{ number: certificates[0]?.number ?? '', blank: D(1) }] },
  };
  await terminal.call('case.act', { ...id(), caseId, baseVersion: version, advance }, 'PRT');
  expect(await codeOf(print(caseId, D(1)))).toBe('print-by-hand');
  const through = await bookCase();
  await print(through, D(2));
  const lineOf = async (serial: string) =>
    (await terminal.call('blanks.find', { serial }, 'SUP')).lines.findLast(({ kind }) => kind === 'blanks.bound')
      ?.through;
  expect([await lineOf(D(1)), await lineOf(D(2))]).toEqual([null, 'printer']);
}, 60_000);

test('the day’s count has three sides, and a sheet without an answer keeps it open', async () => {
  const [good, bad, hanging] = [await bookCase(), await bookCase(), await bookCase()];
  const first = (await print(good, D(1))).job;
  await confirm(first.id, D(1));
  const second = (await print(bad, D(2))).job;
  await spoil(second.id);
  const third = (await print(hanging, D(3))).job;
  const drawer = async () =>
    (await terminal.call('blanks.balance', { day: TODAY, window: 'W07' }, 'SUP')).drawers.find(
      ({ form }) => form === 'certificate',
    );
  expect((await drawer())?.sheets).toEqual({ bound: 3, byHand: 0, confirmed: 1, spoiled: 1, open: 1 });
  const count = { window: 'W07', day: TODAY, form: 'certificate', witness: desk('WIN') } as const;
  const counted = { counted: 17, papersCounted: 1 };
  await terminal.call('blanks.count', { ...id(), ...count, ...counted }, 'PRT');
  expect((await drawer())?.count).toMatchObject({ difference: 0, sheets: 2, sheetsExpected: 3, settled: false });
  await confirm(third.id, D(3));
  await terminal.call('blanks.count', { ...id(), ...count, ...counted }, 'PRT');
  expect((await drawer())?.count).toMatchObject({ difference: 0, sheets: 3, sheetsExpected: 3, settled: true });
  expectSound();
}, 60_000);

test('on a serial line every certificate is one sheet in the tray of the printer', async () => {
  const line = await openPtyPair();
  const printer = await startEscpSimulator({ port: line.a, dialect: 'lq1600k' });
  const desk3 = await openTerminal('W03', line.b);
  try {
    const cases = [await bookCase(), await bookCase()];
    for (const [index, caseId] of cases.entries()) {
      await vi.waitFor(async () => expect((await read(caseId, desk3)).state).toBe('BOOKED'), WAIT);
      const { job } = await print(caseId, D(21 + index), { at: desk3 });
      await vi.waitFor(() => expect(printer.pages()).toHaveLength(index + 1), WAIT);
      await desk3.call('certificate.confirm', { ...id(), job: job.id, serial: D(21 + index) }, 'PRT');
      expect((await read(caseId, desk3)).state).toBe('PRINTED');
    }
    expect(printer.unfinished()).toEqual([]);
  } finally {
    await desk3.dispose();
    await printer.close();
    await line.close();
  }
}, 90_000);

test('after the data were put back a sheet that was bound before is not printed on any more', async () => {
  const caseId = await bookCase();
  const { certificates, version } = await read(caseId);
  const advance = {
    transition: 'T28' as const,
    data: { blanks: [{ number: certificates[0]?.number ?? '', blank: D(1) }], through: 'printer' as const },
  };
  expect(await office.act(caseId, desk('PRT'), version, { kind: 'advance', advance })).toBe(200);
  await vi.waitFor(async () => expect((await read(caseId)).state).toBe('PRINTING'), WAIT);
  await terminal.withFile((db) => {
    const ledger = new Ledger(db, { device: readMeta(db, 'device') ?? '', epoch: 1, now, newId: v7 });
    beginEpochAfterLoss({ db, ledger }, { reason: 'restored', above: 1, now: now() });
  });
  await terminal.call('session.login', { number: desk('PRT'), password: 'example-pass' }, 'PRT', 'supervisor');
  await printerIsThere(terminal);
  expect(await codeOf(print(caseId, D(1)))).toBe('print-before-restore');
}, 60_000);
