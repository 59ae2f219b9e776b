import type { ThemeConfig } from 'antd';
import { fonts } from '../tokens.ts';

/**
 * antd's theme out of our tokens. Colours are given as `var(--color-…)` where antd accepts any CSS value, so light and
 * dark follow ours; the seeds it computes with are turned off by overriding what the used components read.
 */
export const antdTheme: ThemeConfig = {
  zeroRuntime: true,
  hashed: false,
  cssVar: { key: 'yichuang', prefix: 'ant' },
  token: {
    fontFamily: fonts.text,
    fontSize: 14,
    borderRadius: 4,
    motion: false,
    colorText: 'var(--color-ink)',
    colorTextHeading: 'var(--color-ink)',
    colorTextDescription: 'var(--color-muted)',
    colorBgContainer: 'var(--color-paper)',
    colorBorderSecondary: 'var(--color-line)',
    colorFillAlter: 'var(--color-ground)',
  },
  components: {
    Table: {
      headerBg: 'var(--color-ground)',
      headerColor: 'var(--color-muted)',
      rowHoverBg: 'var(--color-hover)',
      borderColor: 'var(--color-line)',
      headerSplitColor: 'transparent',
    },
  },
};
