import type { Item } from '../catalogue/types.ts';
import type { Queue } from '../queue/ticketTypes.ts';

/** Where a ticket is served, from where it is taken and for what (domain.md §6.1). */
export interface Served {
  queue: Queue;
  floor: number;
  /** `三楼 涉税综合服务区` */
  zone: string;
}

const FLOORS = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'] as const;
const ZONES: Readonly<Record<Queue, string>> = {
  A: '涉税综合服务区',
  B: '非涉税综合服务区',
  G: '公积金延伸窗口',
  X: '分厅综合窗口',
};

/** @param floor of the terminal: where there is one floor only, it is served there */
export function servedAt(item: Pick<Item, 'floor'>, place: 'hall' | 'pf-hall' | 'branch', floor: number): Served {
  if (place === 'pf-hall') return { queue: 'G', floor, zone: zoneOf('G', floor) };
  if (place === 'branch') return { queue: 'X', floor, zone: zoneOf('X', floor) };
  const queue = item.floor === 2 ? 'B' : 'A';
  const upstairs = item.floor === 2 ? 2 : 3;
  return { queue, floor: upstairs, zone: zoneOf(queue, upstairs) };
}

export function zoneOf(queue: Queue, floor: number): string {
  return `${FLOORS[floor] ?? floor}楼 ${ZONES[queue]}`;
}

/** What a ticket says of the business: the paper lies about, and 离婚 or 查封 is nobody's affair (domain.md §7.3). */
export function businessOf(queue: Queue): string {
  return { A: '涉税业务', B: '非涉税业务', G: '公积金及抵押', X: '分厅业务' }[queue];
}
