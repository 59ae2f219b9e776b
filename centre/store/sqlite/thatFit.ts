/** As many rows of a page as fit, in their order, and one in any case. Reads none that is not looked at. */
export function thatFit<R>(rows: Iterable<R>, maxBytes: number, bytesOf: (row: R) => number): R[] {
  const taken: R[] = [];
  let bytes = 0;
  for (const row of rows) {
    bytes += bytesOf(row);
    if (taken.length > 0 && bytes > maxBytes) break;
    taken.push(row);
  }
  return taken;
}
