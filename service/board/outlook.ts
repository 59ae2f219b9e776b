import type { BoardFacts } from '../../domain/board/types.ts';
import { aheadOf, type Estimate, estimateWait } from '../../domain/queue/estimate.ts';
import { stopOf, whyNotIssued } from '../../domain/queue/issuing.ts';
import type { Queue } from '../../domain/queue/ticketTypes.ts';
import type { HallView } from '../../domain/queue/view.ts';
import type { ServiceContext } from '../context.ts';

/** The hall as the rules of the queue look at it, with the windows the hub does not hear. */
export function viewOf({ hall }: Pick<ServiceContext, 'hall'>, { silent }: BoardFacts): HallView {
  return { ...hall.view(), silent: silent ?? new Set<string>() };
}

/**
 * What somebody of the ordinary class is told who takes a number now, over all floors that serve the queue, and whether
 * the hall's own rule lets them have one.
 */
export function outlookOf(view: HallView, queue: Queue): { estimate: Estimate | null; isStoppedByRule: boolean } {
  const floors = [
    ...new Set(view.plan.windows.filter(({ queues }) => queues.includes(queue)).map(({ floor }) => floor)),
  ];
  const estimates = floors.flatMap((floor) => {
    const estimate = estimateWait(view, queue, floor, aheadOf(view, queue, floor, 'ordinary'));
    return estimate === null ? [] : [estimate];
  });
  const estimate =
    estimates.length === 0
      ? null
      : {
          fromMs: Math.min(...estimates.map(({ fromMs }) => fromMs)),
          toMs: Math.max(...estimates.map(({ toMs }) => toMs)),
        };
  const isStoppedByRule =
    stopOf(view, queue) === null && floors.some((floor) => whyNotIssued(view, queue, floor, 'ordinary') !== null);
  return { estimate, isStoppedByRule };
}
