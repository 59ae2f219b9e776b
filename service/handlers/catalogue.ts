import { YichuangError } from '../../contract/errors.ts';
import { findItem, findMaterial } from '../../domain/catalogue/catalogue.ts';
import type { Catalogue } from '../../domain/catalogue/types.ts';
import type { Handlers, ServiceContext } from '../context.ts';

/** Catalogue and calendar as the pages see them. */
export const catalogueHandlers: Handlers<'catalogue.items' | 'catalogue.item' | 'calendar.get'> = {
  'catalogue.items': ({ context, params }) => catalogueOf(context, params.version),
  'catalogue.item': ({ context, params }) => {
    const catalogue = catalogueOf(context, params.version);
    const item = findItem(params.code, catalogue);
    if (!item) throw new YichuangError('item-not-found');
    const materials = item.materials.flatMap(({ material }) => findMaterial(material, catalogue) ?? []);
    return { version: catalogue.version, item, materials };
  },
  'calendar.get': ({ context }) => context.clockRules.calendar,
};

function catalogueOf(context: ServiceContext, version: string | undefined): Catalogue {
  return version === undefined ? context.catalogueInForce() : context.catalogueOf(version);
}
