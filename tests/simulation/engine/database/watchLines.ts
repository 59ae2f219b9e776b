import { Line } from '../../../../centre/store/postgres/line.ts';
import { Killed } from '../disk.ts';
import { type Life, livesNow, outside } from '../scope.ts';
import type { VirtualTime } from '../virtualTime.ts';

/** A question is anything that is no commit: the begin of a transaction, too. */
export type LineMoment = 'question' | 'before-commit' | 'after-commit';

/** Where the program of a machine reaches its database. */
export interface LineHost {
  /** Nobody gets through. */
  readonly isAway: boolean;
  opened(line: Line): void;
  closed(line: Line): void;
  answered(session: number): void;
  /** May end the program, or answer in the server's place. @throws Killed, LineLostError, PostgresError */
  atLine(moment: LineMoment): void;
}

/** For a connection that is there in truth: only a machine that is far too slow needs so long, real ms. */
export const PATIENCE_MS = 120_000;

/**
 * Stands between simulated programs and their PostgreSQL. Their questions go to a real server, and are waited for standing
 * still: meanwhile no virtual time passes, so the server's pace decides about nothing. @returns takes it out again
 */
export function watchLines(time: VirtualTime, hostOf: (life: Life) => LineHost | undefined): () => void {
  const { ask, waitUntilUp, close } = Line.prototype;
  /** @returns undefined for the world's own lines @throws Killed */
  const hostNow = (): LineHost | undefined => {
    const life = livesNow();
    if (!life) return undefined;
    if (life.isOver) throw new Killed();
    time.activity += 1;
    return hostOf(life);
  };

  Line.prototype.waitUntilUp = function (ms) {
    const host = hostNow();
    if (!host) return waitUntilUp.call(this, ms);
    return outside(() => {
      host.opened(this);
      return !host.isAway && waitUntilUp.call(this, PATIENCE_MS);
    });
  };
  Line.prototype.ask = function (session, statements, answerMs) {
    const host = hostNow();
    if (!host) return ask.call(this, session, statements, answerMs);
    const isCommit = statements.length > 1 && statements.some(({ text }) => text === 'COMMIT');
    return outside(() => {
      host.atLine(isCommit ? 'before-commit' : 'question');
      const answer = ask.call(this, session, statements, PATIENCE_MS);
      host.answered(answer.session);
      if (isCommit) host.atLine('after-commit');
      return answer;
    });
  };
  Line.prototype.close = function () {
    const host = hostNow();
    outside(() => close.call(this));
    host?.closed(this);
  };
  return () => {
    Object.assign(Line.prototype, { ask, waitUntilUp, close });
  };
}
