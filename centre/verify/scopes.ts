import type { Finding } from '../../contract/finding.ts';
import { OVERTAKEN } from '../ledger/overtaken.ts';
import type { SqlDatabase } from '../store/sqlDatabase.ts';

/** Positions named for each question; who sees so many has read enough. */
const MAX_NAMED = 20;

/** Whoever pulls a scope from its beginning gets every op of it, once and in order; and nothing that was refused, but what was overtaken (docs/adr/0064). */
export function checkScopes(db: SqlDatabase): Finding[] {
  const find = (sql: string): Finding[] => {
    const details = db.prepare(sql).pluck().all() as string[];
    return details.slice(0, MAX_NAMED).map((detail) => ({ code: 'scope-differs', detail }));
  };
  return [
    ...find(`
      SELECT scope_head.scope || ': head ' || scope_head.head || ', rows ' || count(scope_row.pos) FROM scope_head
      LEFT JOIN scope_row ON scope_row.scope = scope_head.id GROUP BY scope_head.id
      HAVING count(scope_row.pos) <> scope_head.head OR coalesce(max(scope_row.pos), 0) <> scope_head.head
      ORDER BY scope_head.id`),
    ...find(`
      SELECT 'log position ' || op_result.op || ': published though ' || outcome FROM op_result
      WHERE outcome IN ('rejected', 'held') AND coalesce(code, '') <> '${OVERTAKEN}' AND op IN (SELECT op FROM scope_row) ORDER BY op`),
    ...find(`
      SELECT 'log position ' || op_result.op || ': in no scope' FROM op_result
      WHERE outcome = 'applied' AND op NOT IN (SELECT op FROM scope_row) ORDER BY op`),
  ];
}
