import { YichuangError } from '../../contract/errors.ts';
import type { AcceptanceDraft } from '../../domain/case/acceptanceRules.ts';
import { formatRefusalNumber, refusalPrefix } from '../../domain/numbers/refusalNumber.ts';
import type { ServiceContext } from '../context.ts';

/** Of the city, for a unit that has no number yet: its hall refuses, and no district's registrar. */
const CITY = '220400';

/**
 * Number of the 不予受理告知书, in the sequence of the district in which the unit lies. Runs inside the transaction that
 * stores the refusal: the number is consumed there or not at all (domain.md §4.8).
 * @param day local calendar day, ISO
 * @throws YichuangError `numbers-exhausted`
 */
export function nextRefusalNumber(
  { config, store }: Pick<ServiceContext, 'config' | 'store'>,
  { property }: Pick<AcceptanceDraft, 'property'>,
  day: string,
): string {
  const terminal = config.terminal.id.slice(1);
  const [district = CITY] = /^\d{6}/.exec(property.unitNumber ?? '') ?? [];
  const last = store.cases.lastRefusalNumber(refusalPrefix(district, day, terminal), day, terminal);
  try {
    return formatRefusalNumber(district, day, terminal, last + 1);
  } catch (cause) {
    throw new YichuangError('numbers-exhausted', { cause });
  }
}
