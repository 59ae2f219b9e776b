import type { Session } from 'electron';

export interface PageAnswer {
  status: number;
  headers: Record<string, string>;
  body: Buffer<ArrayBuffer>;
}

/**
 * Answers every request of a scheme. `protocol.handle` speaks `Request` and `Response`, whose first use loads the whole
 * of fetch into the main process: 35 to 65 ms of every start here, and a stream for every file. The older call hands over
 * a buffer; it is deprecated and still there in 45, so the newer one stands by.
 */
export function answerScheme(
  session: Session,
  scheme: string,
  answer: (request: { method: string; url: string }) => Promise<PageAnswer>,
): void {
  if (typeof session.protocol.registerBufferProtocol === 'function') {
    session.protocol.registerBufferProtocol(scheme, ({ method, url }, callback) => {
      answer({ method, url }).then(
        ({ status, headers, body }) => callback({ statusCode: status, headers, data: body }),
        () => callback({ statusCode: 500 }),
      );
    });
    return;
  }
  session.protocol.handle(scheme, async ({ method, url }) => {
    const { status, headers, body } = await answer({ method, url });
    return new Response(body, { status, headers });
  });
}
