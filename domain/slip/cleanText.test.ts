import { describe, expect, test } from 'vitest';
import { cleanText } from './cleanText.ts';

describe('cleanText', () => {
  test('drops invisible characters and makes odd spaces plain', () => {
    expect(cleanText('\ufeff张\u200b三\u00a0\u2003李\u202e四')).toBe('张三  李四');
    expect(cleanText('全\u3000角')).toBe('全\u3000角');
  });
});
