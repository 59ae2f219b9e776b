import { YichuangError } from '../../contract/errors.ts';
import { findItem, findMaterial } from '../../domain/catalogue/catalogue.ts';
import type { Handlers } from '../context.ts';

/** Catalogue and calendar as the pages see them. */
export const catalogueHandlers: Handlers<'catalogue.items' | 'catalogue.item' | 'calendar.get'> = {
  'catalogue.items': ({ context }) => context.catalogueInForce(),
  'catalogue.item': ({ context, params }) => {
    const catalogue = params.version === undefined ? context.catalogueInForce() : context.catalogueOf(params.version);
    const item = findItem(params.code, catalogue);
    if (!item) throw new YichuangError('item-not-found');
    const materials = item.materials.flatMap(({ material }) => findMaterial(material, catalogue) ?? []);
    return { version: catalogue.version, item, materials };
  },
  'calendar.get': ({ context }) => context.clockRules.calendar,
};
