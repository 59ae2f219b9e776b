import { v7 } from 'uuid';
import { NOTICE } from '../../domain/preReview/notice.ts';
import type { RpcClient } from '../../tests/fixtures/rpcClient.ts';
import { makePerson } from '../day/people.ts';
import { chanceFrom } from '../day/random.ts';
import type { Machine } from './hall.ts';
import { Person } from './person.ts';
import type { Visitor } from './plan.ts';
import type { HallTime } from './time.ts';

const TRIES = 3;
const TRY_AGAIN_MS = 30_000;

/** A kiosk serves one after the other; who comes meanwhile stands in line. */
export class KioskLine {
  readonly #machine: Machine;
  #last: Promise<unknown> = Promise.resolve();

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  take<T>(use: (client: RpcClient) => Promise<T>): Promise<T> {
    const mine = this.#last.then(() => use(this.#machine.client));
    this.#last = mine.catch(() => {});
    return mine;
  }
}

/**
 * Somebody comes in, goes through the pre-review or to the guide, and sits down with a number.
 * @param onSeated before anybody can call them
 * @returns who came; `visit.refused` says why they have no number
 */
export async function comeIn(
  planned: Visitor,
  opensAt: number,
  time: HallTime,
  line: KioskLine,
  onSeated: (person: Person) => void,
): Promise<Person> {
  await time.until(opensAt + planned.arrivesAt);
  const person = new Person(planned, time.now(), time);
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    try {
      const ticket = await line.take((client) =>
        planned.class === 'ordinary' ? review(client, planned) : ask(client, planned),
      );
      person.visit.number = ticket.number;
      person.visit.ticketId = ticket.id;
      person.visit.tookAt = time.now();
      person.visit.refused = null;
      onSeated(person);
      return person;
    } catch (error) {
      person.visit.refused = (error as Error).message;
      await time.sleep(TRY_AGAIN_MS);
    }
  }
  return person;
}

/** Alone at the kiosk, with every paper there. */
async function review(client: RpcClient, { index, itemCode }: Visitor): Promise<{ id: string; number: string }> {
  const { idNumber } = makePerson(chanceFrom(index + 1), 'holder');
  await client.call('prereview.identify', { notice: NOTICE.version, by: { kind: 'typed', number: idNumber } });
  let { materials } = await client.call('prereview.start', { itemCode });
  for (let open = materials.find(({ has }) => has === null); open; open = materials.find(({ has }) => has === null))
    ({ materials } = await client.call('prereview.setMaterial', { code: open.code, has: true }));
  const result = await client.call('prereview.finish', {});
  await client.call('prereview.cancel', {});
  if (result.ticket === null) throw new Error(result.ticketProblem?.code ?? result.outcome);
  return result.ticket;
}

/** At the guide's desk: by law first, or an enterprise with a batch. */
async function ask(client: RpcClient, { itemCode, ...planned }: Visitor): Promise<{ id: string; number: string }> {
  const wish =
    planned.class === 'enterprise'
      ? ({ kind: 'enterprise', itemCode, batch: 5 } as const)
      : ({ kind: 'ordinary', itemCode, priority: true } as const);
  return (await client.call('ticket.take', { commandId: v7(), for: wish })).ticket;
}
