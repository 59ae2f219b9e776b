import { access } from './zh-CN/access.ts';
import { blanks } from './zh-CN/blanks.ts';
import { board } from './zh-CN/board.ts';
import { boardPages } from './zh-CN/boardPages.ts';
import { boardTickets } from './zh-CN/boardTickets.ts';
import { caseLife } from './zh-CN/case.ts';
import { citizen } from './zh-CN/citizen.ts';
import { desk } from './zh-CN/desk.ts';
import { doctor } from './zh-CN/doctor.ts';
import { form } from './zh-CN/form.ts';
import { formDetails } from './zh-CN/formDetails.ts';
import { forms } from './zh-CN/forms.ts';
import { health } from './zh-CN/health.ts';
import { hubs } from './zh-CN/hubs.ts';
import { machines } from './zh-CN/machines.ts';
import { office } from './zh-CN/office.ts';
import { officeDialogs } from './zh-CN/officeDialogs.ts';
import { officeLanes } from './zh-CN/officeLanes.ts';
import { outbox } from './zh-CN/outbox.ts';
import { oversight } from './zh-CN/oversight.ts';
import { papers } from './zh-CN/papers.ts';
import { pay } from './zh-CN/pay.ts';
import { prereview } from './zh-CN/prereview.ts';
import { queue } from './zh-CN/queue.ts';
import { returned } from './zh-CN/returned.ts';
import { roles } from './zh-CN/roles.ts';
import { scan } from './zh-CN/scan.ts';
import { screen } from './zh-CN/screen.ts';
import { shell } from './zh-CN/shell.ts';

/**
 * Every string of the pages (faces.md, "Words": short, polite, exact; one term per thing). Sentences of errors and of
 * acceptance problems come from contract/errors.ts and domain/, names of items and materials from the catalogue.
 */
export const zhCN = {
  ...shell,
  ...desk,
  ...caseLife,
  ...form,
  ...formDetails,
  ...health,
  ...hubs,
  ...machines,
  ...office,
  ...officeLanes,
  ...officeDialogs,
  ...pay,
  ...queue,
  ...roles,
  ...prereview,
  ...access,
  ...oversight,
  ...returned,
  ...outbox,
  ...board,
  ...boardPages,
  ...boardTickets,
  ...citizen,
  ...papers,
  ...forms,
  ...blanks,
  ...scan,
  ...screen,
  ...doctor,
} as const;

/** The shape every pack has: the same keys and parameters, any words. */
type Widen<T> = T extends string
  ? string
  : T extends (...parameters: infer P) => string
    ? (...parameters: P) => string
    : T extends readonly (infer U)[]
      ? readonly Widen<U>[]
      : { readonly [K in keyof T]: Widen<T[K]> };

export type Strings = Widen<typeof zhCN>;
