import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Intake } from '../intake/intake.ts';

/** What is decided by what the hall has sent, or says how far that goes. Pushes wait by themselves, and reading waits for nothing. */
const AFTER_ALL_THAT_WAITS =
  /^\/(sync\/v1\/(hello|chain)|office\/v1\/(act|blanks|outage|payment|reconcile|queue|devices))$/;

/** What comes from a hall is decided after all that waits of it: nothing overtakes. Before any route. */
export function keepInOrder(
  app: FastifyInstance,
  intake: Pick<Intake, 'settled' | 'refresh'>,
  hallOf: (request: FastifyRequest) => string | null,
): void {
  app.addHook('preHandler', async (request) => {
    if (!AFTER_ALL_THAT_WAITS.test(request.routeOptions.url ?? '')) return;
    const hall = hallOf(request);
    if (hall === null) return;
    intake.refresh();
    await intake.settled(hall);
  });
}
