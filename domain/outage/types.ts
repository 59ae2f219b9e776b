/**
 * 不可抗力或中心系统故障 (P5, domain.md §5.4 rule 7): a span in which the hall, or one case, could not be worked on. A fact
 * of its own and no step of a case: a terminal that was offline meanwhile made its steps on the versions it knew, and an
 * outage must not be what refuses them.
 */
export interface OutageDeclared {
  /** The one case it is about; absent: every case of the hall, those to come while it lasts as well. */
  caseId?: string | undefined;
  /** ISO instants; `to` is null while it lasts. */
  from: string;
  to: string | null;
  reason: string;
  /** What proves it: number of the report, order or announcement. */
  proof: string;
}

export interface OutageBodies {
  'outage.declared': OutageDeclared;
  'outage.ended': { to: string };
}

export interface OutageRecord extends OutageDeclared {
  id: string;
  version: number;
  by: string;
  at: string;
  /** Who ended it; null while it lasts, or when it was declared with its end. */
  endedBy: string | null;
}
