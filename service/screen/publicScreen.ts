import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { ScreenConfig } from '../../contract/config/screen.ts';
import type { TerminalRole } from '../../contract/config.ts';
import type { ServicePush } from '../../contract/serviceProtocol.ts';
import { ScreenAccess } from '../access/screen.ts';
import { RpcServer } from '../rpcServer.ts';

export interface PublicScreenOptions {
  /** Absent: no TV is served. */
  tv: ScreenConfig['tv'];
  call: (connection: string, role: TerminalRole, method: string, input: unknown) => Promise<unknown>;
  closeConnection: (connection: string) => void;
  /** The built pages; the screen's lie in `tv` below. */
  pagesDir: string | undefined;
  /** The port could not be had; it is tried again. */
  onRefused: (code: string) => void;
}

const TRY_AGAIN_MS = 10_000;

/** The calling screen for the browsers of TVs. A port that is taken stops nothing else, and is waited for. */
export class PublicScreen {
  readonly #options: PublicScreenOptions;
  #server: RpcServer | null = null;
  #retry: NodeJS.Timeout | null = null;
  #isClosed = false;

  /** Settles after the first attempt, whether the port was to be had or not. */
  readonly tried: Promise<void>;

  constructor(options: PublicScreenOptions) {
    this.#options = options;
    this.tried = this.#listen();
  }

  /** 0 while the port is not to be had. */
  get port(): number {
    return this.#server?.port ?? 0;
  }

  deliver(push: ServicePush): void {
    this.#server?.deliver(push);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#retry) clearTimeout(this.#retry);
    await this.tried;
    await this.#server?.close();
  }

  async #listen(): Promise<void> {
    const { tv, call, closeConnection, pagesDir, onRefused } = this.#options;
    if (!tv) return;
    try {
      const server = await RpcServer.listen({
        call,
        closeConnection,
        role: 'screen',
        access: new ScreenAccess({ isSecure: tv.tls !== undefined }),
        pagesDir: pagesDir === undefined ? undefined : path.join(pagesDir, 'tv'),
        host: tv.host,
        port: tv.port,
        // Read at each attempt: files that were renewed meanwhile count.
        tls: tv.tls && { cert: readFileSync(tv.tls.cert, 'utf8'), key: readFileSync(tv.tls.key, 'utf8') },
      });
      if (this.#isClosed) await server.close();
      else this.#server = server;
    } catch (error) {
      onRefused(String((error as NodeJS.ErrnoException).code ?? 'unknown'));
      if (!this.#isClosed) this.#retry = setTimeout(() => void this.#listen(), TRY_AGAIN_MS);
    }
  }
}
