/** Shapes of the item catalogue (domain.md §2). */

/** What a terminal can offer: 不动产登记, and 住房公积金 at the extension window in the fund's hall (S10). */
export type Business = 'registration' | 'provident-fund';

/** A 60 minutes, B 1 working day, C 5, D 7 or 15; X stands outside the 61 items of the reform. */
export type RegistrationGroup = 'A' | 'B' | 'C' | 'D' | 'X';

/** G 归集 deposit, W 提取 withdrawal, P 贷款 loan (domain.md §2.9). */
export type FundGroup = 'G' | 'W' | 'P';

export type ItemGroup = RegistrationGroup | FundGroup;

/** 登记类型 codes: 100 首次, 200 转移, 300 变更, 400 注销, 500 更正, 600 异议, 700 预告, 800 查封, 900 其他. */
export type RegistrationType = 100 | 200 | 300 | 400 | 500 | 600 | 700 | 800 | 900;

/** `seed` named by the published reform, `split` our split of such a name, `derived` from law and practice. */
export type ItemOrigin = 'seed' | 'split' | 'derived';

/** 3: tax-related floor, 2: not; `3e`: usually tax-exempt, but the record of the exemption is made on floor 3. */
export type Floor = 2 | 3 | '3e';

export type Output = 'certificate' | 'proof' | 'certificate-or-proof' | 'none';

/** `joint` 双方共同申请, `unilateral` 单方, `entrusted` 嘱托, `ex-officio` 依职权. */
export type Applicancy =
  | 'joint'
  | 'joint-or-unilateral'
  | 'unilateral'
  | 'unilateral-or-entrusted'
  | 'entrusted'
  | 'ex-officio';

/** Classes of the fee table (domain.md §2.7); `F0/F1` is free for subsidised housing only. */
export type FeeClass = 'F0' | 'F1' | 'F80' | 'F½' | 'FG' | 'F0/F1';

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
  | 'inquiry'
  | 'maintenance-fund'
  | 'unit-changed'
  | 'other-mortgagees'
  | 'notarised'
  | 'developer-certificate'
  | 'renounced'
  | 'certificate-withheld'
  | 'court-order'
  | 'land-certificate'
  | 'divided'
  | 'deed-tax';

/** What D01 is promised by: industrial project 工业项目 or development 房地产开发项目. */
export type ProjectKind = 'INDUSTRIAL' | 'DEVELOPER';

/** A promised length: opening minutes or working days, counted from acceptance. */
export interface Limit {
  unit: 'minutes' | 'working-days';
  amount: number;
}

export type ItemPromise = Limit | { unit: 'working-days'; byProjectKind: Readonly<Record<ProjectKind, number>> };

export interface Material {
  code: string;
  name: string;
  /** Allowed forms; the first is the usual one. */
  forms: readonly MaterialForm[];
  /** One line for the clerk: what to look at. */
  hint: string;
  /** Of our own making: the sources demand such a paper, or the pattern needs it, and no list names it. */
  derived?: true | undefined;
}

export interface ItemMaterial {
  material: string;
  /** Absent: always required. */
  when?: MaterialCondition | undefined;
  /** Not required when this holds: another paper of the list takes its place. */
  unless?: MaterialCondition | undefined;
}

/** What every item has, of either business. */
interface ItemColumns {
  code: string;
  name: string;
  /** First letters of the name's pinyin, one per Han character: clerks type them. */
  initials: string;
  gloss: string;
  /** False: known, but not offered and not accepted. */
  enabled: boolean;
  origin: ItemOrigin;
  floor: Floor;
  output: Output;
  applicancy: Applicancy;
  fee: FeeClass;
  promise: ItemPromise;
  /** The housing department checks the filed contract (HOU, domain.md §3.2). */
  housingCheck: boolean;
  materials: readonly ItemMaterial[];
}

export interface RegistrationItem extends ItemColumns {
  business: 'registration';
  group: RegistrationGroup;
  type: RegistrationType;
  /** Outer limit of the law, in working days from acceptance (domain.md §2.6). */
  statutoryWorkingDays: number;
}

/** An item of the housing provident fund: registers nothing, costs nothing, gives no certificate. */
export interface FundItem extends ItemColumns {
  business: 'provident-fund';
  group: FundGroup;
  type: null;
  floor: 2;
  output: 'none';
  fee: 'F0';
  promise: Limit;
  housingCheck: false;
  /** Calendar days from acceptance to the decision (住房公积金管理条例 §25, §26); null where the law sets none. */
  statutoryDays: number | null;
  /** Minutes from acceptance to paying out that the hall aims at (S4); null where nothing is aimed at. */
  targetMinutes: number | null;
  /** Registrations without which the money cannot be paid, in the order in which they are made. */
  linkedItems: readonly string[];
  /** The form asks for a house. */
  property: boolean;
}

export type Item = RegistrationItem | FundItem;

/** One amount of the fee table, in force from a day on until a later row of the same class and use. */
export interface FeeRow {
  /** `extra-copy`: each certificate after the first. */
  class: Exclude<FeeClass, 'F0/F1'> | 'extra-copy';
  use: 'residential' | 'other' | 'any';
  /** Integer fen (1 yuan = 100 fen). */
  amountFen: number;
  /** The decree. */
  basis: string;
  /** First local calendar day, ISO. */
  validFrom: string;
}

export interface Catalogue {
  /** `2026.3`: year and running number. */
  version: string;
  /** First local calendar day on which it may be in force, ISO. */
  validFrom: string;
  items: readonly Item[];
  materials: readonly Material[];
  fees: readonly FeeRow[];
}
