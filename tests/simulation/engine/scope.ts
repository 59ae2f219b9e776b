import { AsyncLocalStorage } from 'node:async_hooks';

/** One life of a machine's program: from its start to its end. What it leaves behind when it is killed never acts again. */
export class Life {
  readonly name: string;
  isOver = false;

  constructor(name: string) {
    this.name = name;
  }
}

const lives = new AsyncLocalStorage<Life>();

/** Whose code runs at the moment; undefined: the world's own. */
export function livesNow(): Life | undefined {
  return lives.getStore();
}

/** The world's own work, also where code of a machine has led to it. */
export function outside<T>(work: () => T): T {
  return lives.exit(work);
}

/** Timers and requests that `work` begins belong to `life`. */
export function runIn<T>(life: Life, work: () => T): T {
  return lives.run(life, work);
}
