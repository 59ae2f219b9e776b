import { CO_OWNERSHIPS, HOUSE_USES, LAND_NATURES, LAND_USES, MORTGAGE_WAYS } from '../case/details.ts';
import type { CertificateRecord } from '../case/progress.ts';
import type { CaseRecord, Party } from '../case/types.ts';
import { findItem } from '../catalogue/catalogue.ts';
import type { Catalogue } from '../catalogue/types.ts';
import { formatUnitNumber } from '../numbers/unitNumber.ts';
import { hallDayOf } from '../time/hallTime.ts';
import { ID_KIND_NAMES, ITEM_MEANINGS, MORTGAGE_KINDS, NOTICE_KINDS, RIGHT_TYPES, type RightType } from './codes.ts';

/**
 * What is printed on 不动产权证书 (domain.md §4.12) and 不动产登记证明 (§4.13), as rows: the print, its check and the
 * preview read the same ones. Where on the paper they stand is not said here.
 */

/** What the register says beside what the case carries. Everything may be unknown: it is printed as “/”. */
export interface RegisterFacts {
  rightType?: RightType | undefined;
  /** 权利性质 of land and house: 出让, 划拨 …; 商品房, 房改房 … */
  nature?: { land?: string | undefined; house?: string | undefined } | undefined;
  /** 用途 of the land; the house's is in the case, or here when the register words it otherwise. */
  use?: { land?: string | undefined; house?: string | undefined } | undefined;
  /** Square metres as written. */
  area?: { parcel?: string | undefined; house?: string | undefined } | undefined;
  /** 使用期限, local calendar days, ISO; absent for 划拨. */
  term?: { from: string; to: string } | undefined;
  structure?: string | undefined;
  /** 总层数 and 所在层, such as 18 and 4. */
  floors?: { total: string; at: string } | undefined;
  /** 专有 and 分摊 building area, square metres as written. */
  exclusiveArea?: string | undefined;
  sharedArea?: string | undefined;
  /** 竣工时间, local calendar day, ISO. */
  completedOn?: string | undefined;
  /** 已备案合同号 of an advance notice. */
  contractNumber?: string | undefined;
  /** Further lines of 附记. */
  remarks?: readonly string[] | undefined;
}

/** The blanks between the preprinted words `（ ）  不动产权第   号`. */
export interface NumberLine {
  /** 省简称. */
  province: string;
  year: string;
  /** 市县全称. */
  place: string;
  /** 流水号, with its noughts. */
  sequence: string;
}

export interface CertificateRow {
  key: CertificateRowKey;
  /** The words preprinted beside it. */
  label: string;
  value: string;
}

export type CertificateRowKey =
  | 'right'
  | 'holder'
  | 'obligor'
  | 'co-ownership'
  | 'location'
  | 'unit'
  | 'right-type'
  | 'right-nature'
  | 'use'
  | 'area'
  | 'term'
  | 'other'
  | 'remark';

export interface CertificateContent {
  kind: 'certificate' | 'proof';
  numberLine: NumberLine;
  /** 登簿 date, local. */
  date: { year: string; month: string; day: string };
  /** Top to bottom. */
  rows: CertificateRow[];
}

const NONE = '/';
const NUMBER = /^(.)\((\d{4})\)(.+?)不动产(?:权|证明)第(\d+)号$/u;

/**
 * @param certificate of this case, numbered by the centre
 * @param catalogue by which the case was accepted: the cause is the item's name
 * @throws RangeError when the certificate has no number of the national form, or nothing was booked: neither may be printed
 */
export function buildCertificateContent(
  record: Pick<CaseRecord, 'acceptance' | 'bookedAt'>,
  certificate: Pick<CertificateRecord, 'number' | 'kind' | 'holders'>,
  facts: RegisterFacts = {},
  catalogue?: Catalogue,
): CertificateContent {
  const parts = NUMBER.exec(certificate.number);
  if (!parts) throw new RangeError('certificate number is not of the national form');
  if (record.bookedAt === null) throw new RangeError('nothing is booked yet');
  const [, province = '', year = '', place = '', sequence = ''] = parts;
  const [bookedYear = '', month = '', day = ''] = hallDayOf(record.bookedAt).split('-');
  const rows = certificate.kind === 'certificate' ? certificateRows : proofRows;
  return {
    kind: certificate.kind,
    numberLine: { province, year, place, sequence },
    date: { year: bookedYear, month: String(Number(month)), day: String(Number(day)) },
    rows: rows({ ...record, certificate, facts, catalogue }).map(([key, label, value]) => ({
      key,
      label,
      value: value || NONE,
    })),
  };
}

interface Input extends Pick<CaseRecord, 'acceptance'> {
  certificate: Pick<CertificateRecord, 'holders'>;
  facts: RegisterFacts;
  catalogue: Catalogue | undefined;
}

type Row = [key: CertificateRowKey, label: string, value: string | undefined];

function certificateRows(input: Input): Row[] {
  const { acceptance, certificate, facts } = input;
  const { property, coOwnership } = acceptance;
  const house = facts.use?.house ?? (property.use && HOUSE_USES[property.use].name);
  const landUse = facts.use?.land ?? (property.landUse && LAND_USES[property.landUse].name);
  const landNature = facts.nature?.land ?? (property.landNature && LAND_NATURES[property.landNature].name);
  const houseArea = facts.area?.house ?? property.area;
  const rightType = facts.rightType ?? ITEM_MEANINGS[acceptance.itemCode]?.right;
  return [
    ['holder', '权利人', certificate.holders.join('、')],
    ['co-ownership', '共有情况', coOwnership && withShares(input, CO_OWNERSHIPS[coOwnership].name)],
    ['location', '坐落', property.location],
    ['unit', '不动产单元号', property.unitNumber && formatUnitNumber(property.unitNumber)],
    ['right-type', '权利类型', rightType && RIGHT_TYPES[rightType]],
    ['right-nature', '权利性质', slashed(landNature, facts.nature?.house)],
    ['use', '用途', slashed(landUse, house)],
    [
      'area',
      '面积',
      slashed(facts.area?.parcel && `宗地面积${facts.area.parcel}㎡`, houseArea && `房屋建筑面积${houseArea}㎡`),
    ],
    ['term', '使用期限', facts.term && `${chinese(facts.term.from)}起${chinese(facts.term.to)}止`],
    ['other', '权利其他状况', otherStatus(input).join('\n')],
    ['remark', '附记', remarks(input).join('\n')],
  ];
}

function proofRows(input: Input): Row[] {
  const { acceptance, certificate } = input;
  const { property } = acceptance;
  const obligors = acceptance.parties.filter((party) => party.role === 'obligor').map((party) => party.name);
  return [
    ['right', '证明权利或事项', provenRight(input)],
    ['holder', '权利人（申请人）', certificate.holders.join('、')],
    ['obligor', '义务人', obligors.join('、')],
    ['location', '坐落', property.location],
    ['unit', '不动产单元号', property.unitNumber && formatUnitNumber(property.unitNumber)],
    ['other', '其他', otherOfProof(input).join('\n')],
    ['remark', '附记', remarks(input).join('\n')],
  ];
}

/** 按份共有 names the shares; one who gets a certificate of his own sees his own share. */
function withShares({ acceptance, certificate }: Input, name: string): string {
  if (acceptance.coOwnership !== 'shares') return name;
  const shares = holdersOf(acceptance.parties, certificate.holders).flatMap((party) =>
    party.share === undefined ? [] : [certificate.holders.length > 1 ? `${party.name}${party.share}` : party.share],
  );
  return shares.length === 0 ? name : `${name}：${shares.join('、')}`;
}

/** 权利其他状况: papers of the holders, the house, and the co-owners who have certificates of their own (§4.12 row 10). */
function otherStatus({ acceptance, certificate, facts }: Input): string[] {
  const papers = holdersOf(acceptance.parties, certificate.holders).map((party) => {
    const paper = `${ID_KIND_NAMES[party.idKind]}：${party.idNumber}`;
    return certificate.holders.length > 1 ? `${party.name} ${paper}` : paper;
  });
  const others = acceptance.parties
    .filter((party) => party.role === 'holder' && !certificate.holders.includes(party.name))
    .map((party) => (party.share === undefined ? party.name : `${party.name} ${party.share}`));
  return [
    ...papers,
    ...line('房屋结构', facts.structure),
    ...(facts.floors ? [`总层数：${facts.floors.total}，所在层：${facts.floors.at}`] : []),
    ...line('专有建筑面积', facts.exclusiveArea && `${facts.exclusiveArea}㎡`),
    ...line('分摊建筑面积', facts.sharedArea && `${facts.sharedArea}㎡`),
    ...line('竣工时间', facts.completedOn && chinese(facts.completedOn)),
    ...line('其他共有人', others.join('、')),
  ];
}

function provenRight({ acceptance, facts }: Input): string | undefined {
  const meaning = ITEM_MEANINGS[acceptance.itemCode];
  if (meaning?.notice) return '预告登记';
  if (acceptance.itemCode === 'B03') return '异议登记';
  const right = facts.rightType ?? meaning?.right;
  return right && RIGHT_TYPES[right];
}

/** 其他 of a mortgage, or of an advance notice (§4.13); a notice of a mortgage has both. */
function otherOfProof({ acceptance, facts }: Input): string[] {
  const { mortgage: terms, property } = acceptance;
  const meaning = ITEM_MEANINGS[acceptance.itemCode];
  const isMortgage = meaning?.right === 23 || terms !== undefined;
  const way = meaning?.mortgage ? MORTGAGE_KINDS[meaning.mortgage] : terms?.way && MORTGAGE_WAYS[terms.way].name;
  const isMaximum = meaning?.mortgage === 2 || (!meaning?.mortgage && terms?.way === 'maximum');
  const amount = isMaximum ? '最高债权数额' : '担保债权数额';
  return [
    ...line('不动产权证书号', property.certificate?.number),
    ...(isMortgage ? line('抵押方式', way) : []),
    ...line(amount, terms && `${yuan(terms.amountFen)}元`),
    ...line('债务履行期限', terms?.from && terms.to && `${chinese(terms.from)}起${chinese(terms.to)}止`),
    ...line('已备案合同号', facts.contractNumber),
    ...line('预告登记种类', meaning?.notice && NOTICE_KINDS[meaning.notice]),
  ];
}

function remarks({ acceptance, facts, catalogue }: Input): string[] {
  const item = findItem(acceptance.itemCode, catalogue);
  const old = acceptance.property.certificate?.number;
  return [
    ...line('登记原因', item?.name),
    ...line('原不动产权证号', old),
    ...(ITEM_MEANINGS[acceptance.itemCode]?.remark ? [ITEM_MEANINGS[acceptance.itemCode]?.remark ?? ''] : []),
    ...(facts.remarks ?? []),
  ];
}

function holdersOf(parties: readonly Party[], names: readonly string[]): Party[] {
  return parties.filter((party) => party.role === 'holder' && names.includes(party.name));
}

function line(label: string, value: string | undefined): string[] {
  return value ? [`${label}：${value}`] : [];
}

/** Land and house joined by a slash; what is not known keeps its side empty. */
function slashed(land: string | undefined, house: string | undefined): string {
  return land && house ? `${land}/${house}` : (land ?? house ?? '');
}

/** `2018-05-23` as `2018年05月23日`, the form of the certificate. */
function chinese(day: string): string {
  const [year = '', month = '', date = ''] = day.split('-');
  return `${year}年${month}月${date}日`;
}

/** Whole fen as yuan: `500000` or `500000.50`. */
function yuan(fen: number): string {
  const rest = fen % 100;
  return rest === 0 ? String(fen / 100) : `${Math.trunc(fen / 100)}.${String(rest).padStart(2, '0')}`;
}
