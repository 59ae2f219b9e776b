import { randomUUID } from 'node:crypto';

/**
 * Names each page of each window. A page that reloads or crashes is another connection: the service must not carry its
 * session over to whatever runs there next. The service remembers signed-in connections over its own restarts, so a name
 * must never come again, not even after the whole program was started anew.
 */
export class Connections {
  readonly #byContents = new Map<number, string>();
  readonly #closed: (connection: string) => void;

  constructor(closed: (connection: string) => void) {
    this.#closed = closed;
  }

  /** @param contentsId Electron's `webContents.id` */
  of(contentsId: number): string {
    const known = this.#byContents.get(contentsId);
    if (known !== undefined) return known;
    const connection = `page-${randomUUID()}`;
    this.#byContents.set(contentsId, connection);
    return connection;
  }

  /** The page is gone; the next call of these contents opens a new connection. */
  end(contentsId: number): void {
    const connection = this.#byContents.get(contentsId);
    if (connection === undefined) return;
    this.#byContents.delete(contentsId);
    this.#closed(connection);
  }

  /** The program ends, and every page with it. */
  endAll(): void {
    for (const contentsId of [...this.#byContents.keys()]) this.end(contentsId);
  }

  /** @returns the contents that show this connection's page; null when it is gone */
  contentsOf(connection: string): number | null {
    for (const [contentsId, known] of this.#byContents) if (known === connection) return contentsId;
    return null;
  }
}
