import type { Failure } from '../app/failure.ts';
import { FailureNotice } from '../ui/Notice.tsx';
import { paperProblem } from './paperFailure.ts';

export function PaperFailure({ failure }: { failure: Failure }) {
  return <FailureNotice failure={failure}>{paperProblem(failure)}</FailureNotice>;
}
