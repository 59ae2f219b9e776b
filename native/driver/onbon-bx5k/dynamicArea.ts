import type { OnbonDisplayConfig } from '../../../contract/config/displays.ts';

export type AreaOptions = Pick<
  OnbonDisplayConfig,
  'area' | 'x' | 'y' | 'width' | 'height' | 'xUnit' | 'lines' | 'effect' | 'speed' | 'stay'
>;

const GROUP = 0xa3;
const UPDATE_DYNAMIC = 0x06;
const MUST_ANSWER = 0x01;
const AREA_HEADER_BYTES = 27;
/** Of no use in run mode 0 (loop); what the vendor's example carries. */
const TIMEOUT_S = 2;
const LINES = { single: 0x01, multi: 0x02 } as const;
const AUTO_WRAP = 0x02;
const EFFECTS = { static: 1, fast: 2, left: 3, right: 4, up: 5, down: 6 } as const;

/** A3 06 with one area (devices.md §4.2). @param text bytes of GBK */
export function updateArea(text: Uint8Array, options: AreaOptions): Uint8Array {
  const area = new Uint8Array(AREA_HEADER_BYTES + text.length);
  const view = new DataView(area.buffer);
  view.setUint16(1, Math.floor(options.x / options.xUnit), true);
  view.setUint16(3, options.y, true);
  view.setUint16(5, Math.ceil(options.width / options.xUnit), true);
  view.setUint16(7, options.height, true);
  area[9] = options.area;
  view.setUint16(12, TIMEOUT_S, true);
  area[17] = LINES[options.lines];
  area[18] = AUTO_WRAP;
  area[19] = EFFECTS[options.effect];
  area[21] = options.speed;
  area[22] = options.stay;
  view.setUint32(23, text.length, true);
  area.set(text, AREA_HEADER_BYTES);
  return update(Uint8Array.of(1, area.length & 0xff, area.length >> 8, ...area));
}

/** A3 06 that changes nothing: a question that only a card can answer, whatever it answers. */
export function updateNothing(): Uint8Array {
  return update(Uint8Array.of(0));
}

/** @param areas their number, then each with its length */
function update(areas: Uint8Array): Uint8Array {
  const rest = Uint8Array.of(0, ...areas);
  return Uint8Array.of(GROUP, UPDATE_DYNAMIC, MUST_ANSWER, rest.length & 0xff, rest.length >> 8, ...rest);
}
