import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { buildAntdCss, GENERATED } from './generate.ts';

test('the committed style sheet is what antd and the theme give now', () => {
  expect(readFileSync(GENERATED, 'utf8')).toBe(buildAntdCss());
});
