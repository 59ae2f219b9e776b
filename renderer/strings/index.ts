import { type Strings, zhCN } from './zh-CN.ts';

/** The pack in force. A second pack must have the type `Strings`; the keys are checked by the compiler. */
export const t: Strings = zhCN;
