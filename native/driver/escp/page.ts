import { LONGEST_RUN } from './bands.ts';
import { EscpWriter } from './writer.ts';

export interface EscpOptions {
  dialect: 'escp2' | 'lq1600k';
  quality: 'letter' | 'draft';
  highSpeed: 'unset' | 'on' | 'off';
  /** Whether ESC \ moves by 1/180 inch: then lq1600k places to 0.14 mm instead of 0.42 mm. */
  fineSteps: boolean;
}

/** 0.1 mm an inch. */
const INCH = 254;
/** ESC ( U 10: 1/360 inch. */
const UNIT = 0x0a;
/** ESC C takes at most 127 lines. */
const MOST_LINES = 120;

/** Where the head is. The two dialects differ here and nowhere else. */
export class EscpPage {
  readonly writer = new EscpWriter();
  readonly #options: EscpOptions;
  /** Of lq1600k: 1/180 inch from the top, as far as the paper was fed. */
  #fed = 0;
  #y: number | null = null;

  /** @param height of the form in 0.1 mm */
  constructor(options: EscpOptions, height: number) {
    this.#options = options;
    const { writer } = this;
    writer
      .initialise()
      .unidirectional()
      .quality(options.quality === 'letter' ? 1 : 0);
    if (options.highSpeed !== 'unset') writer.highSpeed(options.highSpeed === 'on' ? 1 : 0);
    if (options.dialect === 'escp2') {
      const length = Math.round((height / INCH) * 360);
      writer.unit(UNIT).pageLength(length).margins(0, length);
    } else {
      const length = Math.ceil((height / INCH) * 180);
      const spacing = Math.ceil(length / MOST_LINES);
      writer
        .noLeftMargin()
        .lineSpacing(spacing)
        .pageLines(Math.ceil(length / spacing));
    }
    writer.fullWidthSpace(0, 0);
  }

  /**
   * Down to a place in inches from the top edge; never upward.
   * @throws RangeError for an upward move, which a printer would ignore and print one field over the other
   */
  moveDown(inches: number): void {
    const steps = Math.round(inches * 360);
    if (this.#y !== null && steps < this.#y) throw new RangeError('the head cannot go up');
    if (steps === this.#y) return;
    this.#y = steps;
    if (this.#options.dialect === 'escp2') {
      this.writer.down(steps);
      return;
    }
    const target = Math.round(inches * 180);
    this.writer.feed(target - this.#fed).carriageReturn();
    this.#fed = target;
  }

  /** To a place in inches from the left edge. */
  moveRight(inches: number): void {
    if (this.#options.dialect === 'escp2') {
      this.writer.right(Math.round(inches * 360));
      return;
    }
    if (!this.#options.fineSteps) {
      this.writer.right(Math.round(inches * 60));
      return;
    }
    const fine = Math.round(inches * 180);
    this.writer.right(Math.floor(fine / 3));
    if (fine % 3 > 0) this.writer.rightBy(fine % 3);
  }

  /** @returns the bytes of the job, with the sheet ejected at its end */
  finish(): Uint8Array {
    return this.writer.carriageReturn().eject().bytes();
  }
}

/**
 * Brings back a printer that may be inside a picture of a job that broke off: enough NUL to fill the picture, then the
 * line is forgotten. NUL outside a picture is nothing.
 * @param eject the sheet of the broken job is put out
 */
export function resynchronise(eject: boolean): Uint8Array {
  const writer = new EscpWriter();
  if (eject) writer.abandon();
  const tail = writer.initialise().bytes();
  // A picture may begin up to five columns early, where the head can be put.
  const filler = new Uint8Array((LONGEST_RUN + 5) * 3);
  return Uint8Array.from([...filler, 0x18, ...tail]);
}
