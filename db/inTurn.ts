/**
 * Applies the ops of one stream in the order of arrival. The hub's order may be another: an op of this machine may follow
 * one of the hub that arrived here later. So what is not legal yet is tried again after each that was.
 * @param apply whether the op was legal
 * @returns what never was, in the order of arrival
 */
export function applyInTurn<Row>(rows: Iterable<Row>, apply: (row: Row) => boolean): Row[] {
  let waiting: Row[] = [];
  for (const row of rows) {
    if (!apply(row)) waiting.push(row);
    else
      for (let before = -1; before !== waiting.length; ) {
        before = waiting.length;
        waiting = waiting.filter((each) => !apply(each));
      }
  }
  return waiting;
}
