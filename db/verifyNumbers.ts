import type Database from 'better-sqlite3';
import type { Finding } from '../contract/finding.ts';
import type { CertificateRecord } from '../domain/case/progress.ts';
import { ScarceNumbers } from '../domain/case/scarceNumbers.ts';

/** Numbers that are given once for ever: 受理编号 in the log, 证号 in the cases. Of blanks see db/verifyBlanks.ts. */
export function checkNumbers(db: Database.Database): Finding[] {
  return [...checkCaseNumbers(db), ...checkCertificates(db)];
}

/** From the log: the table refuses a second one, so a case that had it would only be missing there. */
function checkCaseNumbers(db: Database.Database): Finding[] {
  const twice = db
    .prepare(`
      SELECT min(ord) AS first, max(ord) AS again FROM op
      WHERE kind IN ('case.accepted', 'case.refused') AND applied = 1 AND body <> '{}'
      GROUP BY coalesce(json_extract(body, '$.number'), json_extract(body, '$.acceptance.number'))
      HAVING count(*) > 1 ORDER BY again`)
    .all() as { first: number; again: number }[];
  return twice.map(({ first, again }) => ({ code: 'case-number-twice', detail: `op ord ${again}, as in ${first}` }));
}

function checkCertificates(db: Database.Database): Finding[] {
  const rows = db
    .prepare(`
      SELECT ref, json_extract(progress, '$.certificates') AS certificates FROM case_file
      WHERE json_array_length(progress, '$.certificates') > 0 ORDER BY ref`)
    .iterate() as IterableIterator<{ ref: number; certificates: string }>;
  const numbers = new ScarceNumbers();
  for (const { ref, certificates } of rows) {
    numbers.add(`case_file ${ref}`, JSON.parse(certificates) as CertificateRecord[]);
  }
  return numbers.usedTwice.flatMap(({ what, first, again }): Finding[] =>
    what === 'certificate' ? [{ code: 'certificate-number-twice', detail: `${again}, as in ${first}` }] : [],
  );
}
