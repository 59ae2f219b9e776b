import { addShares, formatShare, isWhole, parseShare, type Share } from '../numbers/share.ts';
import type { AcceptanceDraft, AcceptanceProblem } from './problem.ts';

/**
 * 共有方式 and 份额 (domain.md §4.9, §4.12): when one holder gives a share all do, and together they are the whole, exactly.
 * @param asked whether the result says how several holders own: a title does, a mortgage does not
 */
export function findShareProblems(
  { parties, coOwnership }: Pick<AcceptanceDraft, 'parties' | 'coOwnership'>,
  asked = false,
): AcceptanceProblem[] {
  const problems: AcceptanceProblem[] = [];
  const holders = parties.filter((party) => party.role === 'holder');
  const shares: Share[] = [];
  const given = parties.some((party) => party.share);
  for (const [index, party] of parties.entries()) {
    const path = `parties.${index}.share`;
    if (party.role !== 'holder') {
      if (party.share) problems.push({ code: 'party-share', path, message: '只有权利人填写份额' });
      continue;
    }
    if (!party.share) {
      const asked = given || coOwnership === 'shares';
      if (asked) problems.push({ code: 'party-share', path, message: '按份共有的，每个权利人都要填写份额' });
      continue;
    }
    const result = parseShare(party.share);
    if (result.ok) shares.push(result.share);
    else problems.push({ code: 'party-share', path, message: result.message });
  }
  if (problems.length === 0 && shares.length > 0) {
    const sum = addShares(shares);
    if (!isWhole(sum)) {
      const message = `各权利人份额合计为 ${formatShare(sum)}，应等于 1`;
      problems.push({ code: 'shares-sum', path: 'parties', message });
    }
  }
  const message =
    asked && coOwnership === undefined && holders.length > 1
      ? '请选择共有方式'
      : describeKindProblem(coOwnership, holders.length, given);
  if (message !== null) problems.push({ code: 'co-ownership', path: 'coOwnership', message });
  return problems;
}

function describeKindProblem(kind: AcceptanceDraft['coOwnership'], holders: number, hasShares: boolean): string | null {
  switch (kind) {
    case undefined:
    case 'other':
      return null;
    case 'sole':
      return holders > 1 ? '单独所有的只能有一个权利人，请改选共有方式' : null;
    case 'joint':
      if (holders < 2) return '共同共有的应有两个以上权利人';
      return hasShares ? '共同共有不分份额，请改选按份共有或删去份额' : null;
    case 'shares':
      return holders < 2 ? '按份共有的应有两个以上权利人' : null;
  }
}
