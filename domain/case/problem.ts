import type { AcceptanceDetails } from './details.ts';
import type { Acceptance } from './types.ts';

/** One thing that stands in the way of acceptance, in the order a clerk would meet it. */
export interface AcceptanceProblem {
  code:
    | 'item-unknown'
    | 'item-not-offered'
    | 'project-kind-missing'
    | 'holder-missing'
    | 'party-name'
    | 'party-id'
    | 'party-phone'
    | 'party-postcode'
    | 'party-bank-number'
    | 'party-share'
    | 'shares-sum'
    | 'co-ownership'
    | 'override-missing'
    | 'property-location'
    | 'property-area'
    | 'unit-number'
    | 'other-registrar'
    | 'encumbered'
    | 'consent-missing'
    | 'certificate-number'
    | 'price'
    | 'mortgage'
    | 'seal'
    | 'objection'
    | 'delivery'
    | 'material-missing'
    | 'material-not-in-item'
    | 'material-form';
  /** Path of the field, such as `parties.0.idNumber`: the page moves the focus there. */
  path: string;
  /** What is wrong, in the clerk's words; contains no personal data. */
  message: string;
}

export type AcceptanceDraft = Pick<
  Acceptance,
  | 'itemCode'
  | 'projectKind'
  | 'parties'
  | 'property'
  | 'conditions'
  | 'materials'
  | 'note'
  | 'link'
  | 'ticket'
  | 'preReview'
  | 'appointment'
> &
  AcceptanceDetails;
