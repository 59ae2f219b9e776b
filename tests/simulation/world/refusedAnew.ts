import type { CaseRecord } from '../../../domain/case/types.ts';
import { keepCentre } from './centreBack.ts';
import { acceptCase, actAt, RECEIVED, SUPPLEMENT } from './deeds.ts';
import { inOrder, step } from './stages.ts';
import type { Terminal } from './terminal.ts';
import type { World } from './world.ts';

/** For the window that comes last, virtual ms. */
const LATEST_MS = 9_000;

/**
 * A step that a window took alone reaches the centre, and whoever listens reads it. The centre is put back to before it; another
 * window, which has not read it, takes that step there. When the first one comes again, its step is refused: whoever read it
 * has to hear of that. In a hall without a hub, which would send it again at once.
 */
export function stepRefusedAnew(world: World): void {
  const { chance, network, trace, promises } = world;
  const windows = world.terminals.filter(({ id }) => id.startsWith('W'));
  const owner = chance.pick(windows);
  const other = windows.find((each) => each.id !== owner.id);
  const reader = world.terminals.find((each) => each !== owner && each !== other);
  if (!other || !reader || world.hubs.length > 0) return;
  let id = '';
  let putBack: (() => void) | null = null;
  let isAsking = false;
  const recordAt = ({ running }: Terminal): CaseRecord | null => running?.store.cases.find(id)?.record ?? null;
  const isAt = (state: CaseRecord['state'], ...at: Terminal[]) => at.every((each) => recordAt(each)?.state === state);
  const once = (terminal: Terminal, work: () => Promise<unknown>) => {
    if (isAsking) return;
    isAsking = true;
    void step(world, terminal, async () => void (await work())).finally(() => {
      isAsking = false;
    });
  };
  const accept = () => {
    if (id !== '') return;
    once(owner, async () => {
      id = acceptCase(world, owner);
    });
  };
  const askForMore = () => {
    if (isAt('PARALLEL', owner)) once(owner, () => actAt(world, owner, id, { kind: 'advance', advance: SUPPLEMENT }));
  };
  const keep = () => {
    putBack ??= keepCentre(world, false);
    if (!putBack) return;
    network.unplug(other.name);
    network.unplug(owner.name);
    world.later(LATEST_MS, () => network.plug(owner.name));
    world.later(LATEST_MS, () => network.plug(other.name));
  };
  const goOnAlone = () => {
    if (isAt('SUPPLEMENT', owner)) once(owner, () => actAt(world, owner, id, { kind: 'advance', advance: RECEIVED }));
    else network.plug(owner.name);
  };
  const replace = () => {
    network.unplug(owner.name);
    putBack?.();
  };
  const goOnElsewhere = () => {
    network.plug(other.name);
    if (isAt('SUPPLEMENT', other)) once(other, () => actAt(world, other, id, { kind: 'advance', advance: RECEIVED }));
  };
  inOrder(world, [
    { do: accept, until: () => isAt('PARALLEL', owner, other, reader) },
    { do: askForMore, until: () => isAt('SUPPLEMENT', owner, other, reader) },
    { do: keep, until: () => putBack !== null },
    { do: goOnAlone, until: () => isAt('PARALLEL', owner, reader) },
    { do: replace, until: () => promises.centrePutBack !== null },
    { do: goOnElsewhere, until: () => isAt('PARALLEL', other) },
    { do: () => trace.count('step taken anew at a centre that had lost it'), until: () => true },
  ]);
}
