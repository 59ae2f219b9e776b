import type { SlipDocument } from '../../domain/slip/document.ts';

/** What the ticket printer prints in a test: short, and no slip of a case. @param at wall time of the hall */
export function testSlip({ agency, terminal, at }: { agency: string; terminal: string; at: string }): SlipDocument {
  return {
    title: '设备检测',
    columns: 48,
    copies: 1,
    blocks: [
      { kind: 'text', text: '设备检测', align: 'centre', size: 2, bold: true },
      { kind: 'text', text: agency, align: 'centre', size: 1, bold: false },
      { kind: 'rule' },
      { kind: 'field', label: '窗口', value: terminal },
      { kind: 'field', label: '时间', value: at },
      { kind: 'text', text: '看到这张小票，打印机工作正常。', align: 'left', size: 1, bold: false },
      { kind: 'feed', lines: 2 },
    ],
  };
}
