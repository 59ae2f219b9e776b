import { gapAnswer, syncError } from '../contract/sync.ts';
import { type LineAnswer, LineError, OvertakenError } from '../link/line.ts';

/** Why an exchange failed, as far as the client must tell the cases apart. */
export class CentreError extends Error {
  override name = 'CentreError';
  readonly kind: 'offline' | 'refused' | 'not-active' | 'gap' | 'forked' | 'protocol';
  /** For `gap`: the next sequence number the centre wants. */
  readonly expected: number | null;
  /** From `Retry-After`, ms. */
  readonly retryAfterMs: number | null;
  /** No connection came about: the other side cannot have done what was asked. */
  readonly isUnsent: boolean;
  /** Too much came at once: nothing was done, and in a moment it may go through. */
  readonly isBusy: boolean;
  /** Neither this machine's token nor its key is accepted. */
  readonly isUnknown: boolean;
  /** Another machine works with a copy of these data. */
  readonly isCopied: boolean;
  /** Whoever answers does not speak with a program as old as this one any more. */
  readonly isTooOld: boolean;
  /** Given up because who asked after it was answered first. It is safe to repeat. */
  readonly isOvertaken: boolean;

  constructor(
    kind: CentreError['kind'],
    detail: string,
    extra: {
      expected?: number;
      retryAfterMs?: number | null;
      isUnsent?: boolean;
      isBusy?: boolean;
      isUnknown?: boolean;
      isCopied?: boolean;
      isTooOld?: boolean;
      isOvertaken?: boolean;
    } = {},
  ) {
    super(`${kind}: ${detail}`);
    this.kind = kind;
    this.expected = extra.expected ?? null;
    this.retryAfterMs = extra.retryAfterMs ?? null;
    this.isUnsent = extra.isUnsent ?? false;
    this.isBusy = extra.isBusy ?? false;
    this.isUnknown = extra.isUnknown ?? false;
    this.isCopied = extra.isCopied ?? false;
    this.isTooOld = extra.isTooOld ?? false;
    this.isOvertaken = extra.isOvertaken ?? false;
  }
}

/** A scope cannot be read on from where it was read to. */
export class ScopeRefusedError extends Error {
  override name = 'ScopeRefusedError';
  readonly code: 'snapshot-needed' | 'scope-differs';

  constructor(code: ScopeRefusedError['code']) {
    super(code);
    this.code = code;
  }
}

/** Of a line that gave no answer. @throws CentreError `offline` */
export function failLine(error: unknown): never {
  if (!(error instanceof LineError)) throw error;
  if (error instanceof OvertakenError)
    throw new CentreError('offline', 'no answer, though others are answered', { isOvertaken: true });
  const { sent, busyForMs } = error;
  const busy = busyForMs === null ? {} : { isBusy: true, retryAfterMs: busyForMs };
  throw new CentreError('offline', error.message, { isUnsent: !sent, ...busy });
}

/** Of an answer that is none of what was asked for. */
export function describeFailure({ status, body, retryAfterMs }: LineAnswer): CentreError | ScopeRefusedError {
  const gap = gapAnswer.safeParse(body);
  if (gap.success) return new CentreError('gap', `expected ${gap.data.expected}`, { expected: gap.data.expected });
  const known = syncError.safeParse(body);
  const code = known.success ? known.data.code : `http ${status}`;
  if (code === 'snapshot-needed' || code === 'scope-differs') return new ScopeRefusedError(code);
  if (code === 'forked') return new CentreError('forked', code);
  if (status === 401 || status === 403) return new CentreError('refused', code, { isUnknown: status === 401 });
  if (status === 429 || status >= 500)
    return new CentreError('offline', code, { retryAfterMs, isBusy: status === 429 });
  return new CentreError('protocol', code, { isTooOld: code === 'version-unsupported' });
}
