/** Shapes of the item catalogue (domain.md §2.1, §2.8). */

export type ItemGroup = 'A' | 'B' | 'C' | 'D';

/** 登记类型 codes: 100 首次, 200 转移, 300 变更, 400 注销, 500 更正, 600 异议, 700 预告, 800 查封, 900 其他. */
export type RegistrationType = 100 | 200 | 300 | 400 | 500 | 600 | 700 | 800 | 900;

/** `seed` named by the published reform, `split` our split of such a name, `derived` from law and practice. */
export type ItemOrigin = 'seed' | 'split' | 'derived';

export type Output = 'certificate' | 'proof' | 'certificate-or-proof' | 'none';

/** `joint` 双方共同申请, `unilateral` 单方, `entrusted` 嘱托. */
export type Applicancy = 'joint' | 'joint-or-unilateral' | 'unilateral' | 'entrusted';

export type FeeClass = 'F0' | 'F1' | 'FG';

/**
 * How a paper is taken (domain.md §2.8): `original` kept, `viewed` original seen and copy kept, `shared` obtained by
 * data sharing, in which case the applicant must not be asked for it.
 */
export type MaterialForm = 'original' | 'viewed' | 'shared';

/** A condition under which a material is needed; the acceptance form answers each one. */
export type MaterialCondition =
  | 'agent'
  | 'encumbered'
  | 'organisation'
  | 'pre-notice'
  | 'prior-claims'
  | 'tax'
  | 'inquiry';

export interface Material {
  code: string;
  name: string;
  /** Allowed forms; the first is the usual one. */
  forms: readonly MaterialForm[];
  /** One line for the clerk: what to look at. */
  hint: string;
}

export interface ItemMaterial {
  material: string;
  /** Absent: always required. */
  when?: MaterialCondition;
}

export interface Item {
  code: string;
  name: string;
  gloss: string;
  group: ItemGroup;
  origin: ItemOrigin;
  type: RegistrationType;
  /** 3: tax-related floor, 2: not. */
  floor: 2 | 3;
  output: Output;
  applicancy: Applicancy;
  fee: FeeClass;
  /** Promised time in opening minutes. */
  promiseMinutes: number;
  materials: readonly ItemMaterial[];
}

export interface Catalogue {
  version: string;
  items: readonly Item[];
  materials: readonly Material[];
}
