/** Which of its several acts an op of its kind is, read out of the body: a word of the program, never what was written. */
export interface ActFields {
  found: number | null;
  transition: string | null;
  lane: string | null;
  event: string | null;
  method: string | null;
  code: string | null;
  slip: string | null;
  note: string | null;
  machine: string | null;
}

const field = (name: string): string => `json_extract(op.body, '$.${name}') AS ${name}`;

/** Columns of a SELECT from table `op`. */
export const ACT_FIELDS = [
  ...['transition', 'lane', 'event', 'method', 'code', 'slip'].map(field),
  `CASE op.kind WHEN 'data.checked' THEN json_extract(op.body, '$.found') END AS found`,
  `CASE op.kind WHEN 'note.added' THEN json_extract(op.body, '$.kind') END AS note`,
  `CASE op.kind WHEN 'device.revoked' THEN json_extract(op.body, '$.terminal') END AS machine`,
].join(', ');

export function actDetail({ found, transition, lane, event, method, code, slip, note, machine }: ActFields): string {
  return [found, transition, lane, event, method, code, slip, note, machine].filter((part) => part !== null).join(' ');
}
