import type { AcceptanceProblem } from '../../../domain/case/acceptanceRules.ts';
import { findMaterial } from '../../../domain/catalogue/catalogue.ts';
import type { Catalogue } from '../../../domain/catalogue/types.ts';

/** A problem for the bottom bar. Missing materials are only named: the words before them are said once for all. */
export interface ShortProblem {
  kind: 'material' | 'other';
  path: string;
  text: string;
}

export function shortProblem(problem: AcceptanceProblem, catalogue: Catalogue): ShortProblem {
  if (problem.code !== 'material-missing') return { kind: 'other', path: problem.path, text: problem.message };
  const name = findMaterial(problem.path.replace('materials.', ''), catalogue)?.name;
  return { kind: 'material', path: problem.path, text: name ?? problem.message };
}
