import type { PaperDocument } from './document.ts';
import { field, kept, makePaper, namesOf, note, type PaperClerk, type PaperContext, shownId } from './parts/parts.ts';
import { chineseDate } from './parts/words.ts';

/** SL11 发证记录. */
export interface IssueRecordData {
  caseNumber: string;
  item: string;
  applicants: { name: string }[];
  location: string;
  issuedAt: string;
  printedBy: PaperClerk;
  issuedBy: PaperClerk;
  certificates: IssuedCertificate[];
  /** The acceptance slip came back (domain.md T34). */
  slipReturned: boolean;
}

export interface IssuedCertificate {
  number: string;
  /** 印制号 of the blank. */
  serial: string;
  holder: string;
  receiver: { name: string; kind: 'person' | 'organisation'; idNumber: string };
}

/** SL11: which certificate on which blank went to whom, signed. */
export function buildIssueRecord(data: IssueRecordData, context: PaperContext): PaperDocument {
  return makePaper({
    kind: 'issue-record',
    number: data.caseNumber,
    code: data.caseNumber,
    context,
    blocks: [
      {
        kind: 'fields',
        rows: [
          [kept('受理编号', data.caseNumber), field('发证时间', chineseDate(data.issuedAt))],
          [field('办理事项', data.item)],
          [field('申请人', namesOf(data.applicants))],
          [field('坐落', data.location)],
          [
            field('缮证人', `${data.printedBy.name}（${data.printedBy.id}）`),
            field('发证人', `${data.issuedBy.name}（${data.issuedBy.id}）`),
          ],
          [field('受理凭证', data.slipReturned ? '☑已收回　☐未收回（附书面说明）' : '☐已收回　☑未收回（附书面说明）')],
        ],
      },
      {
        kind: 'table',
        columns: [
          { title: '证号及印制号', weight: 46 },
          { title: '权利人', weight: 22 },
          { title: '领证人及证件号码', weight: 36 },
          { title: '领证人签字', weight: 22 },
        ],
        rows: data.certificates.map(({ number, serial, holder, receiver }) => [
          `${number}\n印制号 ${serial}`,
          holder,
          `${receiver.name}\n${shownId(receiver)}`,
          '',
        ]),
      },
      note('领证人已核对证书（证明）内容与登记事项一致，印制号与本记录一致。'),
      {
        kind: 'signatures',
        perRow: 2,
        entries: [{ label: '领证人签字' }, { label: '日期' }, { label: '发证人签字' }, { label: '日期' }],
      },
    ],
  });
}
