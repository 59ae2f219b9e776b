import type { Op, OpKind } from './op.ts';

type Body = Readonly<Record<string, unknown>>;

/** A body as a later program would have written it. Pure, and never refuses: what it does not know it leaves alone. */
export type UpCast = (body: Body) => Body;

/**
 * By kind, the oldest first: a body goes through all of them. An acceptance has none: it is read from the log as it stands,
 * so what is new in it is optional.
 */
export type UpCasts = Partial<Record<Exclude<OpKind, 'case.accepted' | 'case.refused'>, readonly UpCast[]>>;

/** So far every change of a body was a field that may be absent. */
export const UP_CASTS: UpCasts = {};

/** The body of an op in the shape of this program. In the log it stays as it was hashed. */
export function newestBody({ kind, body }: { kind: string; body: Body }, casts: UpCasts = UP_CASTS): Body {
  const steps = Object.hasOwn(casts, kind) ? (casts[kind as keyof UpCasts] ?? []) : [];
  return steps.reduce((before, cast) => cast(before), body);
}

/** @returns the op itself when its body is of this program's shape already */
export function inNewestShape(op: Op, casts: UpCasts = UP_CASTS): Op {
  const body = newestBody(op as { kind: string; body: Body }, casts);
  return body === op.body ? op : ({ ...op, body } as Op);
}
