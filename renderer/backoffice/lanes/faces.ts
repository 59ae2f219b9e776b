import type { Lane } from '../../../domain/case/lanes.ts';
import { approveLane } from './approve.tsx';
import { archiveLane } from './archive.tsx';
import { bookLane } from './book.tsx';
import { checkLane } from './check.tsx';
import { feeLane } from './fee.tsx';
import { housingLane } from './housing.tsx';
import type { LaneFace } from './lane.ts';
import { printLane } from './print.tsx';
import { reviewLane } from './review.tsx';
import { review2Lane } from './review2.tsx';
import { taxLane } from './tax.tsx';

export const LANE_FACES: Readonly<Record<Lane, LaneFace>> = {
  TAX: taxLane,
  HOU: housingLane,
  FEE: feeLane,
  REV1: reviewLane,
  REV2: review2Lane,
  APP: approveLane,
  BOOK: bookLane,
  PRT: printLane,
  QC: checkLane,
  ARC: archiveLane,
};
