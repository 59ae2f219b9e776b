import { uuidToBlob } from '../../db/ids.ts';
import { Projector } from '../../db/project.ts';
import type { Store } from '../../db/store.ts';
import type { Acceptance, CaseRecord } from '../../domain/case/types.ts';
import { canonicalJson } from '../../domain/ledger/canonical.ts';
import { formatCertificateNumber } from '../../domain/numbers/certificateNumber.ts';
import { randomFrom } from '../../tools/day/random.ts';
import { acceptance } from '../fixtures/acceptance.ts';
import { acceptedCase, lane, settleLanes, step, WALKER_STAFF } from '../fixtures/caseWalker.ts';
import { uuidOf } from '../fixtures/opMaker.ts';

/** Cases in one transaction. */
const BATCH = 10_000;

const SURNAMES = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕'];
const GIVEN = [...'伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰红建国文斌志海波龙飞雪梅春晓'];
export const STREETS = ['人民大街', '福镇路', '西宁大路', '辽河大路', '东山街', '新兴街', '康宁街', '仙城大街'];

/** One case of a made-up town. The same index gives the same case. */
export interface TownCase {
  acceptance: Acceptance;
  certificate: string;
  blank: string;
}

/** Fictitious, and spread as the names and houses of a town are: some are common, most are not. */
export function townCase(index: number): TownCase {
  const random = randomFrom(index);
  const pick = (list: readonly string[]) => list[Math.floor(random() * list.length)] ?? '';
  const digits = (count: number) => Array.from({ length: count }, () => Math.floor(random() * 10)).join('');
  const name = pick(SURNAMES) + pick(GIVEN) + (random() < 0.8 ? pick(GIVEN) : '');
  const [party] = acceptance(1).parties;
  if (!party) throw new Error('the fixture has a party');
  const kind = index % 2 === 0 ? 'certificate' : 'proof';
  return {
    acceptance: acceptance(1, {
      number: `2026${String(Math.floor(index / 9999)).padStart(6, '0')}${String((index % 9999) + 1).padStart(4, '0')}`,
      parties: [{ ...party, name, idNumber: `2204021${digits(10)}X` }],
      property: {
        unitNumber: `220402001002GB${digits(5)}F${String(index).padStart(8, '0')}`,
        location: `辽源市龙山区${pick(STREETS)}${1 + Math.floor(random() * 300)}号${1 + Math.floor(random() * 6)}单元${digits(3)}室`,
      },
    }),
    certificate: formatCertificateNumber({ province: '吉', year: 2026, name: '辽源市', kind, sequence: index + 1 }),
    blank: `${kind === 'certificate' ? 'D' : 'Z'}22${String(index + 1).padStart(9, '0')}`,
  };
}

/**
 * Fills a store with archived cases, past the log: one row of the log for each (that which holds its acceptance) and its
 * projections by the projector itself, in large transactions. An append for each step of two million cases would take
 * hours. Durability is off meanwhile; whoever measures opens the file again.
 */
export function buildTown({ db, textIndex }: Store, count: number): void {
  db.pragma('synchronous=OFF');
  db.pragma('cache_size=-2000000');
  const device = uuidToBlob(uuidOf(0, 'town'));
  const hash = Buffer.alloc(32, 7);
  const insertOp = db.prepare(`
    INSERT INTO op (ord, op_id, device, epoch, seq, kind, stream_kind, stream_id, base_ver, actor, at, hlc, body, body_hash,
      prev_hash, hash, applied)
    VALUES (?, ?, ?, 1, ?, 'case.accepted', 'case', ?, 0, '1001', '2026-11-23T01:00:00.000Z', '019ab0c5d000-0000', ?, ?, ?, ?, 1)`);
  const projector = new Projector(db);
  const life = archivedCase();
  for (let first = 0; first < count; first += BATCH) {
    db.transaction(() => {
      for (let index = first; index < Math.min(first + BATCH, count); index++) {
        const known = townCase(index);
        const id = uuidOf(index, 'case', index);
        const key = uuidToBlob(id);
        const ord = index + 1;
        insertOp.run(ord, key, device, ord, key, canonicalJson(known.acceptance), hash, hash, hash);
        const source = { ord, own: { epoch: 1, seq: ord } };
        const opened = { ...life.accepted, id, acceptance: known.acceptance };
        projector.write({ type: 'case', record: opened }, source);
        const [certificate] = life.archived.certificates;
        if (!certificate) throw new Error('the case has a certificate');
        const certificates = [{ ...certificate, number: known.certificate, blank: known.blank }];
        const ended = { ...life.archived, id, acceptance: known.acceptance, certificates };
        projector.write({ type: 'case', record: ended }, source);
      }
    })();
  }
  textIndex.catchUp(BATCH);
}

/** One whole life of a case, as its first and its last record. */
function archivedCase(): { accepted: CaseRecord; archived: CaseRecord } {
  const accepted = acceptedCase('A05', 1);
  let record = settleLanes(step(accepted, 'T14', 'system', 1), 8);
  record = lane(record, { lane: 'REV2', event: 'claim' }, 12);
  record = step(record, 'T23', WALKER_STAFF.REV2, 14);
  record = step(record, 'T24', WALKER_STAFF.APP, 18);
  record = step({ ...record, fee: null }, 'T27', WALKER_STAFF.BOOK, 25);
  record = step(record, 'T28', WALKER_STAFF.PRT, 28);
  record = step(record, 'T29', WALKER_STAFF.PRT, 30);
  record = step(record, 'T31', WALKER_STAFF.QC, 33);
  record = step(record, 'T33', WALKER_STAFF.WIN, 36);
  record = step(record, 'T34', WALKER_STAFF.WIN, 39);
  return { accepted: inOrder(accepted), archived: inOrder(step(record, 'T39', WALKER_STAFF.ARC, 300)) };
}

/** Keys sorted at every level: canonical text of it is then made by the native JSON. */
function inOrder(record: CaseRecord): CaseRecord {
  return JSON.parse(canonicalJson(record)) as CaseRecord;
}
