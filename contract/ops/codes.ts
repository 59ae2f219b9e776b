import { z } from 'zod';
import type { MaterialCondition } from '../../domain/catalogue/types.ts';

/** Codes that the catalogue and the bodies of ops have in common. */

/** Of registration, and G, W, P of the provident fund. */
export const ITEM_CODE = /^[A-DGPWX]\d{2}$/;

/** M papers of the one, F of the other. */
export const MATERIAL_CODE = /^[FM]\d{2}$/;

export const condition = z.enum([
  'agent',
  'encumbered',
  'organisation',
  'pre-notice',
  'prior-claims',
  'tax',
  'inquiry',
  'maintenance-fund',
  'unit-changed',
  'other-mortgagees',
  'notarised',
  'developer-certificate',
  'renounced',
  'certificate-withheld',
  'court-order',
  'land-certificate',
  'divided',
  'deed-tax',
] satisfies MaterialCondition[]);
