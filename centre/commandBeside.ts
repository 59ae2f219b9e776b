import type { FastifyInstance } from 'fastify';
import { openInsideDoor } from './http/insideDoor.ts';
import type { Centre } from './options.ts';

/** What runs beside a centre, as long as it does: pages for browsers. `ownUrl` is where that reaches the centre. */
export type Beside = (centre: Centre & { ownUrl: string }) => Promise<Companion>;

interface Companion {
  addresses: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** Listens by TLS for everybody, and inside for what runs beside the centre. */
export function serveWithDoorInside(host = '127.0.0.1', port = 0) {
  let inside: string | null = null;
  return {
    async serve(app: FastifyInstance): Promise<string> {
      inside = await openInsideDoor(app);
      return app.listen({ host, port });
    },
    /** Null before it serves. */
    url: () => inside,
  };
}

/** Where a plain centre is reached from its own machine. */
export function ownUrlOf({ url, port }: Pick<Centre, 'url' | 'port'>): string {
  const { hostname } = new URL(url);
  return ['0.0.0.0', '[::]'].includes(hostname) ? `http://127.0.0.1:${port}` : url;
}
