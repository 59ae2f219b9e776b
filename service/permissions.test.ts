import { afterAll, beforeAll, expect, test } from 'vitest';
import { TERMINAL_ROLES } from '../contract/roles.ts';
import type { Method } from '../contract/rpc/method.ts';
import { methods } from '../contract/rpc.ts';
import { STAFF_ROLES, type StaffRole } from '../domain/staff/roles.ts';
import { startTestService } from '../tests/fixtures/service.ts';
import { phcOf } from '../tests/fixtures/staff.ts';

/**
 * Who may call what, written by hand (domain.md §3.1): terminals, then roles of staff. `-` nobody need be signed in, `*`
 * anybody who is.
 */
const LANES = 'TAX HOU FEE REV1 REV2 APP BOOK PRT QC ARC';
const CASES = `GUIDE PRE WIN ${LANES} SUP`;
/** Housing and the register have no paper of their own. */
const PAPERS = 'WIN TAX FEE REV1 REV2 APP PRT QC ARC SUP';
const DESKS = 'window backoffice supervisor';
const ALL = 'window prereview screen supervisor backoffice';
const RIGHTS: Readonly<Record<string, readonly [terminals: string, staff: string]>> = {
  'session.hello': [ALL, '-'],
  'session.login': [ALL, '-'],
  'session.logout': [ALL, '*'],
  'session.ping': [ALL, '*'],
  'session.lock': [ALL, '*'],
  'catalogue.items': [ALL, '-'],
  'catalogue.item': [ALL, '-'],
  'calendar.get': [ALL, '-'],
  'identity.read': ['window prereview', 'WIN PRE GUIDE'],
  'draft.save': ['window', 'WIN PRE'],
  'draft.load': ['window', 'WIN PRE'],
  'case.accept': ['window', 'WIN'],
  'case.refuse': ['window', 'WIN'],
  'case.get': [DESKS, CASES],
  'case.search': [DESKS, CASES],
  'case.act': [DESKS, 'WIN FEE REV1 REV2 APP BOOK PRT QC ARC'],
  'case.mine': ['window', 'WIN'],
  'case.unmask': [DESKS, CASES],
  'case.note': [DESKS, CASES],
  'case.attach': ['window prereview', 'WIN PRE'],
  'case.attachChunk': ['window prereview', 'WIN PRE'],
  'case.attachFinish': ['window prereview', 'WIN PRE'],
  'scans.attachHeld': ['window prereview', 'WIN PRE'],
  'scans.reorder': ['window prereview', 'WIN PRE'],
  'scans.remove': ['window prereview', 'WIN PRE'],
  'scans.list': [`${DESKS} prereview`, CASES],
  'scans.page': [`${DESKS} prereview`, CASES],
  'lane.act': [DESKS, LANES],
  'office.tasks': [ALL, `${LANES} SUP`],
  'blanks.receive': [DESKS, 'SUP'],
  'blanks.assign': [DESKS, 'SUP'],
  'blanks.return': [DESKS, 'WIN PRT SUP'],
  'blanks.spoil': [DESKS, 'WIN PRT SUP'],
  'blanks.restore': [DESKS, 'SUP'],
  'blanks.lost': [DESKS, 'WIN PRT SUP'],
  'blanks.destroy': [DESKS, 'SUP'],
  'blanks.count': [DESKS, 'WIN PRT SUP'],
  'blanks.sign': [DESKS, 'SUP'],
  'blanks.balance': [DESKS, 'WIN PRT QC SUP'],
  'blanks.list': [DESKS, 'WIN PRT QC SUP'],
  'blanks.find': [DESKS, 'WIN PRT QC SUP'],
  'blanks.next': [DESKS, 'WIN PRT QC SUP'],
  'certificate.preview': [DESKS, 'PRT QC'],
  'certificate.print': [DESKS, 'PRT'],
  'certificate.confirm': [DESKS, 'PRT'],
  'certificate.spoil': [DESKS, 'PRT'],
  'certificate.drop': [DESKS, 'PRT'],
  'certificate.jobs': [DESKS, 'WIN PRT QC SUP'],
  'staff.list': [DESKS, CASES],
  'sync.outbox': [DESKS, `${CASES} ADM`],
  'case.takeOver': [DESKS, 'SUP'],
  'returned.list': [DESKS, CASES],
  'returned.settle': [DESKS, CASES],
  'diagnosis.save': [DESKS, 'SUP ADM'],
  'health.state': [ALL, '-'],
  'health.acknowledge': [DESKS, 'SUP ADM'],
  'audit.list': ['supervisor backoffice', 'AUD'],
  'measure.visits': ['supervisor backoffice', 'SUP'],
  'supervision.faults': ['supervisor backoffice', 'SUP'],
  'board.state': ['supervisor', 'SUP'],
  'board.tickets': ['supervisor', 'SUP'],
  'board.ticket': ['supervisor', 'SUP'],
  'board.times': ['supervisor', 'SUP'],
  'board.export': ['supervisor', 'SUP'],
  'board.risks': ['supervisor', 'SUP'],
  'board.plan': ['supervisor', 'SUP'],
  'board.appointments': ['supervisor', 'SUP'],
  'board.ratings': ['supervisor', 'SUP'],
  'board.workOrders': ['supervisor', 'SUP'],
  'board.act': ['supervisor', 'SUP'],
  'measure.overdue': ['supervisor backoffice', 'SUP'],
  'outage.declare': ['supervisor backoffice', 'SUP'],
  'outage.end': ['supervisor backoffice', 'SUP'],
  'outage.list': ['supervisor backoffice', 'SUP'],
  'hub.state': ['supervisor backoffice', 'SUP'],
  'hub.takeOver': ['supervisor backoffice', 'SUP'],
  'machines.list': ['supervisor', 'SUP ADM'],
  'machines.revoke': ['supervisor', 'SUP ADM'],
  'calibration.get': [DESKS, 'SUP ADM'],
  'calibration.history': [DESKS, 'SUP ADM'],
  'calibration.print': [DESKS, 'SUP ADM'],
  'calibration.solve': [DESKS, 'SUP ADM'],
  'calibration.adjust': [DESKS, 'SUP ADM'],
  'forms.list': [DESKS, 'SUP ADM'],
  'forms.get': [DESKS, 'SUP ADM'],
  'forms.preview': [DESKS, 'SUP ADM'],
  'forms.save': [DESKS, 'SUP ADM'],
  'slips.preview': ['window', 'WIN'],
  'slips.print': ['window', 'WIN'],
  'papers.list': [DESKS, PAPERS],
  'papers.preview': [DESKS, PAPERS],
  'papers.print': [DESKS, PAPERS],
  'papers.pdf': [DESKS, PAPERS],
  'papers.printed': [DESKS, PAPERS],
  'payment.propose': [DESKS, 'WIN FEE SUP'],
  'payment.request': [DESKS, 'WIN FEE SUP'],
  'payment.record': [DESKS, 'FEE SUP'],
  'payment.refund': [DESKS, 'FEE SUP'],
  'payment.list': [DESKS, CASES],
  'payment.reconcile': [DESKS, 'FEE SUP'],
  'prereview.identify': ['prereview', '-'],
  'prereview.start': ['prereview', '-'],
  'prereview.setMaterial': ['prereview', '-'],
  'prereview.finish': ['prereview', '-'],
  'prereview.cancel': ['prereview', '-'],
  'prereview.get': ['window prereview', 'WIN PRE GUIDE'],
  'prereview.help': ['prereview', '-'],
  'prereview.say': ['prereview', '-'],
  'prereview.helpCalls': ['window prereview supervisor', 'GUIDE PRE WIN SUP'],
  'prereview.answerHelp': ['window prereview supervisor', 'GUIDE PRE WIN SUP'],
  'ticket.take': ['prereview', 'PRE GUIDE'],
  'ticket.reprint': ['prereview', 'PRE GUIDE'],
  'queue.state': ['window supervisor prereview', '-'],
  'queue.callNext': ['window', 'WIN'],
  'queue.recall': ['window', 'WIN'],
  'queue.arrive': ['window', 'WIN'],
  'queue.noShow': ['window', 'WIN'],
  'queue.hold': ['window', 'WIN'],
  'queue.callBack': ['window', 'WIN'],
  'queue.transfer': ['window', 'WIN'],
  'queue.finish': ['window', 'WIN'],
  'queue.sendBack': ['window', 'WIN'],
  'queue.void': ['window', 'WIN'],
  'queue.dropPickup': ['window', 'WIN'],
  'queue.pause': ['window', 'WIN'],
  'queue.catchUp': ['window', 'WIN'],
  'screen.state': ['screen supervisor', '-'],
  // Pages of role screen here are walls; the one in front of a citizen: access/citizen.test.ts.
  'citizen.state': ['window', '-'],
  'rating.submit': ['', '-'],
  'visits.planned': ['window', 'WIN'],
  'sync.status': [ALL, '-'],
  'devices.status': [ALL, '-'],
  'devices.ports': [ALL, '-'],
  'devices.test': [ALL, '-'],
  'doctor.run': ['window prereview supervisor', '-'],
  'doctor.skip': ['window prereview supervisor', '-'],
  'doctor.report': ['window prereview supervisor', '-'],
  'doctor.save': ['window prereview supervisor', '-'],
  'events.subscribe': [ALL, '-'],
};

const ROLES = Object.keys(STAFF_ROLES) as StaffRole[];
const numberOf = (role: StaffRole) => `5${String(ROLES.indexOf(role)).padStart(3, '0')}`;

let terminal: ReturnType<typeof startTestService>;
beforeAll(async () => {
  const passwordHash = phcOf('Yichuang-5');
  const staff = ROLES.map((role) => ({
    number: numberOf(role),
    name: STAFF_ROLES[role],
    roles: [role],
    passwordHash,
    active: true,
  }));
  terminal = startTestService({ staff });
  for (const role of ROLES) {
    await terminal.call('session.login', { number: numberOf(role), password: 'Yichuang-5' }, role, 'supervisor');
  }
});
afterAll(() => terminal.dispose());

/** Whoever may call gets as far as the input, which is wrong. */
async function knock(connection: string, role: (typeof TERMINAL_ROLES)[number], method: string): Promise<string> {
  const call = terminal.service.call(connection, role, method, { unheardOf: 1 });
  return call.then(
    () => 'answered',
    (error: unknown) => (error as { code: string }).code,
  );
}

test('every method says who may call it, and every one is in this table', () => {
  expect(Object.keys(methods).sort()).toEqual(Object.keys(RIGHTS).sort());
  for (const [name, method] of Object.entries(methods as Record<string, Method>)) {
    if (method.signedIn && !name.startsWith('session.')) expect(method.staff, name).toBeDefined();
  }
});

test.each(Object.entries(RIGHTS))('%s is for %s', async (method, [terminals, staff]) => {
  for (const role of TERMINAL_ROLES) {
    const isPlace = terminals.split(' ').includes(role);
    for (const person of ROLES) {
      const isAllowed = isPlace && (staff === '-' || staff === '*' || staff.split(' ').includes(person));
      const expected = isAllowed ? 'bad-input' : 'forbidden';
      expect(await knock(person, role, method), `${person} at ${role}`).toBe(expected);
    }
    const stranger = !isPlace ? 'forbidden' : staff === '-' ? 'bad-input' : 'not-signed-in';
    expect(await knock('nobody', role, method), `nobody at ${role}`).toBe(stranger);
  }
});

test('the administrator and the auditor reach no case from any terminal', async () => {
  for (const [method, [, staff]] of Object.entries(RIGHTS)) {
    if (staff === '-' || staff === '*' || method === 'audit.list') continue;
    for (const role of TERMINAL_ROLES) {
      // Printers, forms, alarms and machines are no cases: whoever administers the machine sets them.
      const people = /^(calibration|forms|health|sync|diagnosis|machines)\./.test(method) ? ['AUD'] : ['ADM', 'AUD'];
      for (const person of people) expect(await knock(person, role, method)).toBe('forbidden');
    }
  }
});
