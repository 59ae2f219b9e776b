import type { Op, OpKind } from './op.ts';

type Body = Readonly<Record<string, unknown>>;

/** A body as a later program would have written it. Pure, and never refuses: what it does not know it leaves alone. */
export type UpCast = (body: Body, op: { stream: string }) => Body;

/**
 * By kind, the oldest first: a body goes through all of them. An acceptance has none: it is read from the log as it stands,
 * so what is new in it is optional.
 */
export type UpCasts = Partial<Record<Exclude<OpKind, 'case.accepted' | 'case.refused'>, readonly UpCast[]>>;

/** Every other change of a body so far was a field that may be absent (docs/adr/0055). */
export const UP_CASTS: UpCasts = { 'slip.printed': [withItsCase] };

/** The first program wrote a printed slip into the stream of its case; nothing else said which case it was of. */
function withItsCase(body: Body, { stream }: { stream: string }): Body {
  const isOfCase = stream.startsWith('case:') && !Object.hasOwn(body, 'caseId');
  return isOfCase ? { caseId: stream.slice('case:'.length), ...body } : body;
}

/** The body of an op in the shape of this program. In the log it stays as it was hashed. */
export function newestBody(
  { kind, stream, body }: { kind: string; stream: string; body: Body },
  casts: UpCasts = UP_CASTS,
): Body {
  const steps = Object.hasOwn(casts, kind) ? (casts[kind as keyof UpCasts] ?? []) : [];
  return steps.reduce((before, cast) => cast(before, { stream }), body);
}

/** @returns the op itself when its body is of this program's shape already */
export function inNewestShape(op: Op, casts: UpCasts = UP_CASTS): Op {
  const body = newestBody(op as { kind: string; stream: string; body: Body }, casts);
  return body === op.body ? op : ({ ...op, body } as Op);
}
