/** The database cannot be used as it is; the words are for an operator. */
export class StoreOpenError extends Error {
  override name = 'StoreOpenError';
}
