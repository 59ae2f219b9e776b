/** Why the pages themselves cannot be shown. */
export interface Failure {
  heading: string;
  /** What happened, what is kept, what to do; no personal data. */
  lines: readonly string[];
  code: string;
  /** A link back to the start page makes sense. */
  retry: boolean;
}
