import { ERRORS, isErrorCode } from '../../contract/errors.ts';

/** What a page shows of an error: the clerk's sentence, and the code in grey (faces.md, "Errors"). */
export interface Failure {
  code: string;
  message: string;
  details: unknown;
}

export function toFailure(error: unknown): Failure {
  if (typeof error === 'object' && error !== null && 'code' in error && isErrorCode(error.code)) {
    const message = error instanceof Error && error.message !== '' ? error.message : ERRORS[error.code];
    return { code: error.code, message, details: 'details' in error ? error.details : null };
  }
  return { code: 'internal', message: ERRORS.internal, details: null };
}
