import type { ReactNode } from 'react';
import type { LaneTask } from '../../../domain/case/lanes.ts';
import type { CaseFile } from '../../../domain/case/types.ts';
import type { Linked, Prints } from '../officeStore.ts';
import type { Plan } from '../plan.ts';
import type { Form } from '../workList.ts';
import type { PrintedCertificate } from './checkRows.ts';

export interface LaneInput {
  record: CaseFile;
  task: LaneTask;
  form: Form;
  /** Local calendar day, ISO. */
  today: string;
  /** Of the print lane: what the certificate printer knows of the case. */
  prints?: Prints | null | undefined;
  /** Of a loan: the registrations accepted for it. */
  linked: readonly Linked[];
  /** What the printing recorded, for the quality check. */
  printed: readonly PrintedCertificate[];
  /** Other cases marked for the same act. */
  marked: number;
}

export interface LaneProps extends LaneInput {
  set(key: string, value: string): void;
}

/** What one lane shows of a case, and what it offers to do: one file each in this folder. */
export interface LaneFace {
  plan(input: LaneInput): Plan;
  /** True: what stands in the body may be used although the task is no longer here. */
  isOpenBeyond?(record: CaseFile): boolean;
  Body(props: LaneProps): ReactNode;
}
