import { v7 } from 'uuid';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CATALOGUE, OFFERED_ITEMS } from '../domain/catalogue/catalogue.ts';
import type { SlipDocument } from '../domain/slip/document.ts';
import { acceptanceDraft, minimalDraft } from '../tests/fixtures/acceptance.ts';
import { startTestService } from '../tests/fixtures/service.ts';

let terminal: ReturnType<typeof startTestService>;
beforeAll(async () => {
  terminal = startTestService();
  await terminal.login();
});
afterAll(() => terminal.dispose());

const PROMISES = { A: '60分钟(工作时间内)', B: '1个工作日', C: '5个工作日', D: '15个工作日', X: '' };

function fieldOf(slip: SlipDocument, label: string): string | undefined {
  return slip.blocks.flatMap((block) => (block.kind === 'field' && block.label === label ? [block.value] : []))[0];
}

test.each(OFFERED_ITEMS)(
  '$code $name is accepted with its least papers, and its slip names item and promise',
  async (item) => {
    const { id, acceptance } = await terminal.call('case.accept', { commandId: v7(), draft: minimalDraft(item) });
    expect(acceptance).toMatchObject({ itemCode: item.code, catalogueVersion: CATALOGUE.version });
    expect(acceptance.path.includes('T43')).toBe(item.applicancy === 'entrusted');
    const slip = await terminal.call('slips.preview', { caseId: id, slip: 'acceptance' });
    expect(fieldOf(slip, '办理事项')).toBe(`${item.code} ${item.name}`);
    expect(fieldOf(slip, '承诺时限')).toBe(PROMISES[item.group]);
  },
);

test('what is switched off or unknown is not accepted', async () => {
  for (const itemCode of ['X01', 'X02', 'A16', 'D02']) {
    const call = terminal.call('case.accept', { commandId: v7(), draft: acceptanceDraft({ itemCode }) });
    await expect(call).rejects.toMatchObject({ code: 'acceptance-incomplete' });
  }
});

describe('what a page sends beside the item', () => {
  test('the kind of project is kept with D01 only', async () => {
    const accept = async (code: string) => {
      const item = OFFERED_ITEMS.find((each) => each.code === code);
      if (!item) throw new Error(code);
      const draft = { ...minimalDraft(item), projectKind: 'INDUSTRIAL' as const };
      return (await terminal.call('case.accept', { commandId: v7(), draft })).acceptance;
    };
    expect(await accept('D01')).toHaveProperty('projectKind', 'INDUSTRIAL');
    expect(await accept('A05')).not.toHaveProperty('projectKind');
  });

  test('a certificate number is normalised, and the service itself says whether it is an old one', async () => {
    const accept = async (number: string, legacy: boolean) => {
      const draft = acceptanceDraft({ property: { location: '示例街1号', certificate: { number, legacy } } });
      return (await terminal.call('case.accept', { commandId: v7(), draft })).acceptance.property.certificate;
    };
    const unified = '吉(2018)辽源市不动产权第0000001号';
    expect(await accept(' 吉（2018）辽源市不动产权第0000001号', true)).toEqual({ number: unified, legacy: false });
    expect(await accept('辽房权证龙山字第12345号', false)).toEqual({ number: '辽房权证龙山字第12345号', legacy: true });
  });
});
