import { StyleProvider } from '@ant-design/cssinjs';
import { ConfigProvider } from 'antd';
import zhCN from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import './antd.generated.css';
import { antdTheme } from './theme.ts';

/**
 * `style-src 'self'` forbids <style>. zeroRuntime stops the component styles; the variables would still be inserted
 * (issue 58946 of ant-design), so they go to an element that is never part of the page. antd.generated.css holds both
 * (`generate.ts`).
 */
const nowhere = document.createElement('div');

export function AntdRoot({ children }: { children: ReactNode }) {
  return (
    <StyleProvider container={nowhere}>
      <ConfigProvider theme={antdTheme} locale={zhCN}>
        {children}
      </ConfigProvider>
    </StyleProvider>
  );
}
