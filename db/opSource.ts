/** Where an entity's newest op stands in the log, and its number when it is this device's own. */
export interface OpSource {
  ord: number;
  own: { epoch: number; seq: number } | null;
}
