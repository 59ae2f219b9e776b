import type { Finding } from '../../contract/finding.ts';
import { ScarceNumbers } from '../../domain/case/scarceNumbers.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import type { SqlDatabase } from '../store/sqlDatabase.ts';

/** A case as the log gives it. */
interface LoggedCase {
  stream: string;
  record: CaseRecord;
}

/** Numbers that are given once for ever: 受理编号, 证号, 印制号; and that the next 证号 is a new one. */
export function checkNumbers(db: SqlDatabase, logged: readonly LoggedCase[]): Finding[] {
  return [...checkCaseNumbers(logged), ...checkCertificates(db, logged), ...checkSequences(db)];
}

function checkCaseNumbers(logged: readonly LoggedCase[]): Finding[] {
  const known = new Map<string, string>();
  return logged.flatMap(({ stream, record }): Finding[] => {
    const { number } = record.acceptance;
    const first = known.get(number);
    if (first === undefined) known.set(number, stream);
    return first === undefined ? [] : [{ code: 'case-number-twice', detail: `${stream}, as in ${first}` }];
  });
}

/** From the kept projections: what is kept is what is handed out. */
function checkCertificates(db: SqlDatabase, logged: readonly LoggedCase[]): Finding[] {
  const numbers = new ScarceNumbers();
  const rows = db
    .prepare(`
      SELECT stream, json_extract(record, '$.certificates') AS certificates FROM projection
      WHERE type = 'case' AND json_array_length(record, '$.certificates') > 0 ORDER BY stream`)
    .iterate() as IterableIterator<{ stream: string; certificates: string }>;
  for (const { stream, certificates } of rows) {
    numbers.add(stream, JSON.parse(certificates) as CaseRecord['certificates']);
  }
  const twice = numbers.usedTwice.map(
    ({ what, first, again }): Finding => ({
      code: what === 'blank' ? 'blank-used-twice' : 'certificate-number-twice',
      detail: `${again}, as in ${first}`,
    }),
  );
  return [...twice, ...checkRegister(db, logged)];
}

/** The table that keeps a 证号 from being given to another case holds exactly those of the log. */
function checkRegister(db: SqlDatabase, logged: readonly LoggedCase[]): Finding[] {
  const given = new Map(
    (db.prepare('SELECT number, stream FROM certificate').all() as { number: string; stream: string }[]).map((row) => [
      row.number,
      row.stream,
    ]),
  );
  const findings: Finding[] = [];
  for (const { stream, record } of logged) {
    for (const { number } of record.certificates) {
      if (given.get(number) !== stream) {
        findings.push({ code: 'projection-differs', detail: `certificate of ${stream}: missing` });
      }
      given.delete(number);
    }
  }
  for (const stream of given.values()) {
    findings.push({ code: 'projection-differs', detail: `certificate of ${stream}: not in the log` });
  }
  return findings;
}

const GIVEN = /^(.)\((\d{4})\)(.+?)(不动产权|不动产证明)第(\d+)号$/u;

/** The number given last in each series is not behind one that stands on a certificate. */
function checkSequences(db: SqlDatabase): Finding[] {
  const highest = new Map<string, number>();
  for (const number of db.prepare('SELECT number FROM certificate').pluck().iterate() as IterableIterator<string>) {
    const match = GIVEN.exec(number);
    if (!match) continue;
    const [, province, year, place, title, digits] = match;
    const series = `${province}/${year}/${place}/${title === '不动产权' ? 'certificate' : 'proof'}`;
    highest.set(series, Math.max(highest.get(series) ?? 0, Number(digits)));
  }
  const lastOf = db.prepare('SELECT last FROM certificate_sequence WHERE series = ?').pluck();
  return [...highest].flatMap(([series, number]): Finding[] => {
    const last = Number(lastOf.get(series) ?? 0);
    return last < number ? [{ code: 'sequence-behind', detail: `${series}: ${last} behind ${number}` }] : [];
  });
}
