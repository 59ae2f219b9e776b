/**
 * 退回: a step that a machine took by itself and the centre did not take over, because the case had gone on meanwhile or
 * the step is not its to take. It is kept as it was made, beside what the centre has, until a person has looked at both
 * and decided: what is already on paper or in a citizen's hands is never rolled back in silence.
 */
export interface ReturnNoted {
  /** Of the op: `return:<op id>` is the stream. */
  device: string;
  epoch: number;
  seq: number;
  kind: string;
  subject: string;
  /** Version of the subject that it was made on. */
  baseVersion: number;
  terminal: string;
  actor: string;
  /** ISO instant of the device's clock. */
  at: string;
  /** Why the centre did not take it: a code of contract/errors.ts, or of the centre's own. */
  code: string;
  /** The case it is about; absent for what is about none. */
  caseId?: string | undefined;
  /** What it said. */
  content: Record<string, unknown>;
}

/** 以中心为准: ours stays on file and has no effect. 重新办理: the same step was taken on what the centre has. */
export const RETURN_DECISIONS = ['centre-stands', 'done-again'] as const;
export type ReturnDecision = (typeof RETURN_DECISIONS)[number];

export interface ReturnSettled {
  decision: ReturnDecision;
  /** What was found, and what was said to the applicant. */
  note: string;
}

export interface ReturnedBodies {
  'return.noted': ReturnNoted;
  'return.settled': ReturnSettled;
}

export interface ReturnedRecord extends ReturnNoted {
  /** The op's id. */
  id: string;
  version: number;
  notedAt: string;
  /** Null while nobody has decided. */
  settled: (ReturnSettled & { by: string; at: string }) | null;
}
