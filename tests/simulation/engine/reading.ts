/** Of an op that a program meets: what tells whether it can read it. */
export interface Met {
  op_id: string;
  kind: string;
}

let read: (op: Met) => boolean = () => true;

/**
 * Whether the program that runs at the moment can read an op.
 * @public asked by the program itself, in front of its schemas (`mutants/knobs.ts`)
 */
export function canRead(op: Met): boolean {
  return read(op);
}

/** From here on this says it. @returns takes it out again */
export function installReading(says: (op: Met) => boolean): () => void {
  const before = read;
  read = says;
  return () => {
    read = before;
  };
}
