import type { PaperDocument } from './document.ts';
import {
  body,
  contactNote,
  copiesNote,
  field,
  heading,
  kept,
  makePaper,
  note,
  type PaperClerk,
  type PaperContext,
  type PaperParty,
  shownId,
  shownPhone,
} from './parts/parts.ts';
import { chineseDate } from './parts/words.ts';

/** SL4 受理凭证 on A4; its 80 mm form is domain/slip/acceptanceSlip.ts. */
export interface AcceptanceData {
  caseNumber: string;
  item: string;
  registrationType: string;
  acceptedAt: string;
  /** `60分钟`, `5个工作日`. */
  limit: string;
  /** 承诺办结时间, or words that say why there is none yet. */
  promisedBy: string;
  parties: (PaperParty & { role: string })[];
  location: string;
  unitNumber: string;
  materials: TakenMaterial[];
  window: string;
  clerk: PaperClerk;
  /** How the result comes to the citizen. */
  collection: string;
}

export interface TakenMaterial {
  name: string;
  /** 原件, 复印件（已核原件）, 数据共享. */
  form: string;
  /** 0 for what came by data sharing: there is no sheet of it. */
  copies: number;
}

/** SL4: names whole, numbers masked (domain.md §7.3); the notice on personal information on its back (§7.1). */
export function buildAcceptance(data: AcceptanceData, context: PaperContext): PaperDocument {
  const copies = data.materials.reduce((sum, material) => sum + material.copies, 0);
  return makePaper({
    kind: 'acceptance',
    number: data.caseNumber,
    code: data.caseNumber,
    context,
    blocks: [
      {
        kind: 'fields',
        rows: [
          [kept('受理编号', data.caseNumber), field('受理时间', chineseDate(data.acceptedAt))],
          [field('办理事项', data.item)],
          [field('登记类型', data.registrationType), field('承诺时限', data.limit)],
          [field('承诺办结时间', chineseDate(data.promisedBy))],
          [field('坐落', data.location)],
          [kept('不动产单元号', data.unitNumber)],
        ],
      },
      {
        kind: 'table',
        columns: [
          { title: '申请身份', weight: 16, align: 'centre' },
          { title: '姓名/名称', weight: 34 },
          { title: '证件号码', weight: 30, align: 'centre', keep: true },
          { title: '联系电话', weight: 20, align: 'centre', keep: true },
        ],
        rows: data.parties.map((party) => [party.role, party.name, shownId(party), shownPhone(party.phone)]),
      },
      heading('收件清单'),
      {
        kind: 'table',
        columns: [
          { title: '序号', weight: 8, align: 'centre', keep: true },
          { title: '材料名称', weight: 56 },
          { title: '收取形式', weight: 26, align: 'centre' },
          { title: '份数', weight: 10, align: 'centre', keep: true },
        ],
        rows: data.materials.map(({ name, form, copies: count }, index) => [
          String(index + 1),
          name,
          form,
          count === 0 ? '—' : String(count),
        ]),
        total: `合计：${data.materials.length}项，收取${copies}份`,
      },
      {
        kind: 'signatures',
        perRow: 2,
        entries: [
          { label: '受理人', name: `${data.clerk.name}（${data.clerk.id}）${data.window}` },
          { label: '申请人签字' },
        ],
      },
      note(`${data.collection}；登簿前全体申请人可以共同申请撤回。`),
      copiesNote('acceptance', '申请人一份，登记机构存档一份'),
      ...contactNote(context),
      { kind: 'page' },
      heading('个人信息处理告知'),
      note('依据《中华人民共和国个人信息保护法》第十七条、第三十条、第三十五条告知如下。'),
      ...personalInformation(context).map(body),
    ],
  });
}

/** Who, why, what, how long, and which rights (domain.md §7.1, §7.4). */
function personalInformation({ agency, phone }: PaperContext): string[] {
  return [
    `一、处理者。${agency}${phone === '' ? '' : `，联系电话${phone}`}。`,
    '二、目的和依据。为履行不动产登记的法定职责，依据《不动产登记暂行条例》处理办理登记所必需的个人信息，不需另行取得同意；不用于其他目的。',
    '三、种类和方式。姓名、性别、公民身份号码、住址、证件有效期、联系电话以及您提交的申请材料。身份证件由读卡器核验，民族、指纹信息不予保存。信息在境内存储，加密保管，按岗位权限查阅并留有日志。',
    '四、敏感个人信息。身份证件号码、银行账户、不满十四周岁未成年人信息属于敏感个人信息，仅在登记、退费所必需时处理；泄露可能影响您的人身、财产安全，我们采取加密、掩码等措施保护。',
    '五、提供和共享。办理过程中依法与税务、住房和城乡建设、公积金等部门共享核验所必需的信息。',
    '六、保存期限。登记簿永久保存，登记档案依档案管理规定保存；窗口终端上的副本在办结七日后删除；未受理的预审信息在三十日内删除。',
    '七、您的权利。您可以依法查阅、复制、更正您的个人信息，对不当处理提出投诉。请持身份证件到登记机构办理。',
  ];
}
