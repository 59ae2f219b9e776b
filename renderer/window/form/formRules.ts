import { CATALOGUE } from '../../../domain/catalogue/catalogue.ts';
import { type Counter, HALL_COUNTER } from '../../../domain/catalogue/offered.ts';
import type { Catalogue } from '../../../domain/catalogue/types.ts';

/** By what a form is judged: the catalogue it goes by, and what its terminal accepts. */
export interface FormRules {
  catalogue: Catalogue;
  counter: Counter;
}

/** What came with the program, at a window of the hall: until the service has said better. */
export const FIRST_RULES: FormRules = { catalogue: CATALOGUE, counter: HALL_COUNTER };
