import { z } from 'zod';

/** What the centre's process tells the process of the office pages. */

export const officeStart = z.strictObject({
  /** Of a terminal of role `backoffice`. */
  configText: z.string(),
  dataDir: z.string().min(1),
  pagesDir: z.string().min(1),
  host: z.string().min(1),
  /** Of the back office; 0 picks a free one, null: screens only. */
  port: z.int().min(0).max(65_535).nullable(),
  names: z.array(z.string().min(1)).min(1),
  tls: z.strictObject({ cert: z.string(), key: z.string() }).nullable(),
  demo: z.boolean(),
});

/** 0: not served. */
export const officeAddress = z.strictObject({ port: z.int(), tvPort: z.int() });

export type OfficeStart = z.infer<typeof officeStart>;
