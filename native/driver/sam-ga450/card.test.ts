import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { identityCard } from '../../../contract/identity.ts';
import { fromHex, TEXT_A, TEXT_I, TEXT_J, TEXT_Y, VECTORS } from '../../../tests/fixtures/samVectors.ts';
import { CARDS } from '../../simulator/sam-ga450/persons.ts';
import { decodeAddedAddress, decodeCard } from './card.ts';
import { parseSamId } from './samId.ts';

function decoded(text: Uint8Array) {
  const result = decodeCard(text);
  if (!result.ok) throw new Error(result.problem);
  return result.card;
}

/** TEXT-A with one field replaced. */
function variant(offset: number, value: string): Buffer {
  const text = fromHex(TEXT_A);
  text.write(value, offset, 'utf16le');
  return text;
}

describe('records of devices.md §1.9', () => {
  it('decodes a resident identity card', () => {
    expect(decoded(fromHex(TEXT_A))).toEqual({
      kind: 'resident',
      name: '测试甲',
      latinName: null,
      sex: 'male',
      birth: '1900-01-01',
      number: '110101190001010014',
      address: '某某省某某市测试区示例路1号',
      validFrom: '2020-01-01',
      validTo: null,
      passNumber: null,
      nationality: null,
      warnings: [],
    });
  });

  it('decodes a residence permit of Hong Kong, Macao and Taiwan with its pass number', () => {
    expect(decoded(fromHex(TEXT_J))).toEqual({
      kind: 'hmt-residence',
      name: '测试乙',
      latinName: null,
      sex: 'female',
      birth: '1900-01-01',
      number: '810000190001010026',
      address: '某某省某某市测试区示例路2号',
      validFrom: '2020-01-01',
      validTo: '2025-01-01',
      passNumber: 'H00000001',
      nationality: null,
      warnings: [],
    });
  });

  it('decodes a permanent-residence card of 2017', () => {
    expect(decoded(fromHex(TEXT_I))).toEqual({
      kind: 'permanent-residence-2017',
      name: '测试丙',
      latinName: 'TEST, PERSON ONE',
      sex: 'male',
      birth: '1900-01-01',
      number: 'XXA000000000001',
      address: null,
      validFrom: '2020-01-01',
      validTo: '2030-01-01',
      passNumber: null,
      nationality: 'XXA',
      warnings: [],
    });
  });

  it('decodes a permanent-residence card of 2023 and joins its English name', () => {
    expect(decoded(fromHex(TEXT_Y))).toEqual({
      kind: 'permanent-residence-2023',
      name: '测试丁',
      latinName: 'TEST, PERSON TWO WITH A VERY LONG NAME SPLIT',
      sex: 'female',
      birth: '1900-01-01',
      number: '911999190001010013',
      address: null,
      validFrom: '2024-01-01',
      validTo: '2034-01-01',
      passNumber: null,
      nationality: '999',
      warnings: [],
    });
  });

  it('decodes the added address and an empty one', () => {
    const address = VECTORS.find(({ name }) => name === 'V10 added address')?.responses[0]?.bytes ?? '';
    expect(decodeAddedAddress(fromHex(address).subarray(10, -1))).toBe('某某省某某市新测试区新示例路99号');
    expect(decodeAddedAddress(Buffer.from(' '.repeat(35), 'utf16le'))).toBeNull();
    expect(decodeAddedAddress(Buffer.alloc(0))).toBeNull();
  });

  it('prints the number of the security module', () => {
    const id = fromHex(VECTORS[1]?.responses[0]?.bytes ?? '').subarray(10, -1);
    expect(parseSamId(id)).toEqual({
      text: '05.01-20130101-0000012345-0987654321',
      hex: '050001003529330139300000b168de3a',
    });
    expect(parseSamId(id.subarray(1))).toBeNull();
  });
});

describe('unusual records', () => {
  it('keeps nothing of the ethnic group and the issuer', () => {
    const json = JSON.stringify(decoded(fromHex(TEXT_A)));
    expect(json).not.toContain('公安局');
    expect(json).toBe(JSON.stringify(decoded(variant(32, '56'))));
  });

  it('keeps surrogate pairs, private code points and inner blanks of a name', () => {
    const name = '\u{20BB7}\uE863 \u3000';
    expect(decoded(variant(0, name.padEnd(15))).name).toBe(name);
  });

  it('trims NUL padding', () => {
    expect(decoded(variant(0, '测试甲'.padEnd(15, '\0'))).name).toBe('测试甲');
    expect(decoded(variant(248, '\0')).kind).toBe('resident');
  });

  it('warns of a bad check digit and still gives the card', () => {
    const card = decoded(variant(122, '110101190001010015'));
    expect(card.number).toBe('110101190001010015');
    expect(card.warnings).toEqual(['check-digit']);
  });

  it('warns of a number of the 2023 card that does not begin with 9', () => {
    const text = fromHex(TEXT_Y);
    text.write('110101190001010014', 122, 'utf16le');
    expect(decoded(text).warnings).toEqual(['check-digit']);
  });

  it.each([
    ['birth', 36, '19001301', '1900-13-01'],
    ['validFrom', 188, '20210229', '2021-02-29'],
    ['validTo', 204, '2020010 ', '2020010'],
  ] as const)('warns of a bad date in %s and shows what the chip says', (field, offset, value, shown) => {
    const card = decoded(variant(offset, value));
    expect(card[field]).toBe(shown);
    expect(card.warnings).toEqual(['bad-date']);
  });

  it('does not take a blank end of validity for 长期', () => {
    expect(decoded(variant(204, ' '.repeat(8)))).toMatchObject({ validTo: '', warnings: ['bad-date'] });
  });

  it('refuses an unknown kind of card and a record of another length', () => {
    expect(decodeCard(variant(248, 'Z'))).toEqual({ ok: false, problem: 'unknown-card-type' });
    expect(decodeCard(fromHex(TEXT_A).subarray(2))).toEqual({ ok: false, problem: 'bad-text-length' });
  });

  it('never throws and always gives what the contract allows', () => {
    const kind = fc.constantFrom(' ', '\0', 'I', 'J', 'Y');
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 256, maxLength: 256 }), kind, (bytes, letter) => {
        const text = Buffer.from(bytes);
        text.write(letter, 248, 'utf16le');
        identityCard.parse(decoded(text));
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(['bad-text-length', 'unknown-card-type', undefined]).toContain(
          ((result) => (result.ok ? undefined : result.problem))(decodeCard(bytes)),
        );
        decodeAddedAddress(bytes);
      }),
    );
  });
});

describe('cards of the simulator', () => {
  it.each([
    ['test-a', TEXT_A],
    ['test-j', TEXT_J],
    ['test-i', TEXT_I],
    ['test-y', TEXT_Y],
  ])('%s has the published record', (name, text) => {
    expect(CARDS[name]?.text.toString('hex').toUpperCase()).toBe(text);
  });

  it('has fictitious persons whose numbers are right, but for the one that is meant to be wrong', () => {
    for (const name of ['zhangsan', 'lina', 'wangfang', 'expired', 'rare-name']) {
      expect(decoded(CARDS[name]?.text ?? Buffer.alloc(0)).warnings, name).toEqual([]);
    }
    expect(decoded(CARDS['bad-check-digit']?.text ?? Buffer.alloc(0)).warnings).toEqual(['check-digit']);
  });
});
