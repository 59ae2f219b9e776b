import type { MethodOutput } from '../../contract/rpc.ts';

/** One step that came back, both sides of it. */
export type Row = MethodOutput<'returned.list'>['open'][number];
