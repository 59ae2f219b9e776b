import type { Field, FieldRow, PaperDocument } from './document.ts';
import { body, field, kept, makePaper, note, type PaperClerk, type PaperContext } from './parts/parts.ts';
import { chineseDate, yuan } from './parts/words.ts';

/** M01 不动产登记申请书 (form of 不动产登记操作规范, appendix A.1), filled and printed by the terminal. */
export interface ApplicationData {
  caseNumber: string;
  receivedAt: string;
  clerk: PaperClerk;
  right: ApplicationRight;
  registrationType: ApplicationType;
  item: string;
  holders: ApplicationParty[];
  obligors: ApplicationParty[];
  property: {
    location: string;
    unitNumber: string;
    kind: string;
    /** With its unit: `89.50㎡`. */
    area: string;
    use: string;
    /** 原不动产权证号. */
    certificate: string;
  };
  mortgage: { debtFen: number; term: string; scope: string } | null;
  easement: { location: string; unitNumber: string } | null;
  cause: string;
  causeDocuments: string[];
  /** Co-owners want a certificate each. */
  separateCertificates: boolean | null;
  note: string;
}

export interface ApplicationParty {
  name: string;
  idKind: string;
  idNumber: string;
  address: string;
  postcode: string;
  legalRepresentative: string;
  phone: string;
  agent: { name: string; idNumber: string; phone: string } | null;
}

const RIGHTS = {
  'land-ownership': '土地所有权',
  'state-construction-land': '国有建设用地使用权',
  'house-site': '宅基地使用权',
  'collective-construction-land': '集体建设用地使用权',
  contracted: '土地承包经营权',
  forest: '林地使用权',
  sea: '海域使用权',
  building: '房屋（构筑物）所有权',
  mortgage: '抵押权',
  easement: '地役权',
  other: '其他',
} as const;

export type ApplicationRight = keyof typeof RIGHTS;

const TYPES = {
  100: '首次登记',
  200: '转移登记',
  300: '变更登记',
  400: '注销登记',
  500: '更正登记',
  600: '异议登记',
  700: '预告登记',
  800: '查封登记',
  900: '其他',
} as const;

export type ApplicationType = keyof typeof TYPES;

/** M01: numbers in full (domain.md §7.3): the applicant's own declaration, kept in the file. */
export function buildApplication(data: ApplicationData, context: PaperContext): PaperDocument {
  return makePaper({
    kind: 'application',
    number: data.caseNumber,
    code: data.caseNumber,
    context: { ...context, agency: '' },
    blocks: [
      {
        kind: 'fields',
        rows: [
          [kept('收件编号', data.caseNumber), field('收件日期', chineseDate(data.receivedAt))],
          [field('收件人', `${data.clerk.name}（${data.clerk.id}）`), field('单位', '☑平方米　☐公顷　☑元')],
          { section: '申请登记事由' },
          [field('权利类型', tick(RIGHTS, data.right))],
          [field('登记类型', tick(TYPES, String(data.registrationType)))],
          [field('办理事项', data.item)],
          ...data.holders.flatMap((party, index) =>
            partyRows('权利人（登记申请人）', party, index, data.holders.length),
          ),
          ...data.obligors.flatMap((party, index) => partyRows('义务人', party, index, data.obligors.length)),
          ...propertyRows(data),
          { section: '登记原因及证明' },
          [field('登记原因', data.cause)],
          [field('证明文件', data.causeDocuments.map((name, index) => `${index + 1}. ${name}`).join('\n'))],
          [field('证书版式', '☑单一版　☐集成版'), field('分别持证', separate(data.separateCertificates))],
          [field('备注', data.note)],
        ],
      },
      body('本申请人对填写的上述内容及提交的申请材料的真实性负责。如有不实，申请人愿承担法律责任。'),
      {
        kind: 'signatures',
        perRow: 2,
        entries: [
          { label: '权利人（签章）' },
          { label: '义务人（签章）' },
          { label: '代理人（签章）' },
          { label: '代理人（签章）' },
          { label: '日期' },
          { label: '日期' },
        ],
      },
      note('本申请书由终端按申请人陈述打印，签字前请核对。'),
    ],
  });
}

function propertyRows({ property, mortgage, easement }: ApplicationData): FieldRow[] {
  return [
    { section: '不动产情况' },
    [field('坐落', property.location)],
    [kept('不动产单元号', property.unitNumber)],
    [field('不动产类型', property.kind), field('用途', property.use)],
    [kept('面积', property.area), field('原权属证书号', property.certificate)],
    ...(mortgage === null
      ? []
      : [
          { section: '抵押情况' },
          [kept('被担保债权数额', `¥${yuan(mortgage.debtFen)}`), field('债务履行期限', mortgage.term)],
          [field('担保范围', mortgage.scope)],
        ]),
    ...(easement === null
      ? []
      : [
          { section: '地役权情况' },
          [field('需役地坐落', easement.location)],
          [kept('需役地单元号', easement.unitNumber)],
        ]),
  ];
}

function partyRows(title: string, party: ApplicationParty, index: number, count: number): FieldRow[] {
  const optional = (label: string, value: string): Field[][] => (value === '' ? [] : [[field(label, value)]]);
  return [
    { section: count > 1 ? `${title} ${index + 1}` : title },
    [field('姓名（名称）', party.name)],
    [field('证件种类', party.idKind), kept('证件号码', party.idNumber)],
    [field('通讯地址', party.address)],
    [kept('邮编', party.postcode), kept('联系电话', party.phone)],
    ...optional('法定代表人', party.legalRepresentative),
    ...(party.agent === null
      ? []
      : [
          [field('代理人姓名', party.agent.name), kept('联系电话', party.agent.phone)],
          [kept('代理人证件号', party.agent.idNumber)],
        ]),
  ];
}

/** Every choice of the form, one of them ticked. */
function tick(choices: Readonly<Record<string, string>>, chosen: string): string {
  return Object.entries(choices)
    .map(([key, name]) => `${key === chosen ? '☑' : '☐'}${name}`)
    .join('　');
}

function separate(wanted: boolean | null): string {
  if (wanted === null) return '☐是　☐否';
  return wanted ? '☑是　☐否' : '☐是　☑否';
}
