import type { LaneFace, LaneInput, LaneProps } from './lane.ts';
import { ByHand, planByHand } from './printByHand.tsx';
import { PrinterDesk, planAtPrinter } from './printer.tsx';
import { atPrinter } from './printJobs.ts';

/** Where there is a certificate printer, through it and its journal; elsewhere, and when somebody asks for it, by hand. */
export const printLane: LaneFace = {
  plan: (input) => (isAtPrinter(input) ? planAtPrinter(input, input.prints) : planByHand(input)),

  Body(props: LaneProps) {
    return isAtPrinter(props) ? <PrinterDesk {...props} prints={props.prints} /> : <ByHand {...props} />;
  },
};

type AtPrinterInput = LaneInput & { prints: NonNullable<LaneInput['prints']> };

/** A sheet that asks for an answer here is answered here, whatever was chosen; one bound by hand never goes through it. */
function isAtPrinter<I extends LaneInput>(input: I): input is I & AtPrinterInput {
  const { prints, record, form } = input;
  if (!prints?.isPrinterHere) return false;
  const { job } = atPrinter(record, prints);
  return job?.isHere === true || (form.byHand !== 'yes' && !prints.isByHand);
}
