import { z } from 'zod';
import { CATALOGUE } from '../../domain/catalogue/catalogue.ts';
import type { Catalogue, Item, Material } from '../../domain/catalogue/types.ts';
import type { WorkCalendar } from '../../domain/clock/calendar.ts';
import { ITEM_CODE } from '../ops/codes.ts';
import { EVERY, type Method, nothing } from './method.ts';

const catalogue = z
  .custom<Catalogue>((value) => typeof value === 'object' && value !== null)
  .meta({ title: 'Catalogue' });
const item = z.custom<Item>((value) => typeof value === 'object' && value !== null).meta({ title: 'Item' });
const material = z.custom<Material>((value) => typeof value === 'object' && value !== null).meta({ title: 'Material' });
const calendar = z
  .custom<WorkCalendar>((value) => typeof value === 'object' && value !== null)
  .meta({ title: 'WorkCalendar' });

/** What the centre publishes to every hall, as it is in force here. */
export const catalogueMethods = {
  'catalogue.items': {
    doc: `The items, materials and fees in force: the newest that the centre published and that has begun, or the built-in ${CATALOGUE.version}. With \`version\`: those a case accepted under that version knows.`,
    input: z.strictObject({ version: z.string().max(20).optional() }),
    output: catalogue,
    roles: EVERY,
    signedIn: false,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'catalogue.item': {
    doc: 'One item with its materials. With `version`: as a case accepted under that version knows it.',
    input: z.strictObject({
      code: z.string().regex(ITEM_CODE),
      version: z.string().max(20).optional(),
    }),
    output: z.strictObject({ version: z.string(), item, materials: z.array(material) }),
    roles: EVERY,
    signedIn: false,
    tier: 'local',
    deadlineMs: 5_000,
  },
  'calendar.get': {
    doc: 'The working calendar in force: built-in years with the published ones over them, and local orders.',
    input: nothing,
    output: calendar,
    roles: EVERY,
    signedIn: false,
    tier: 'local',
    deadlineMs: 5_000,
  },
} as const satisfies Record<string, Method>;
