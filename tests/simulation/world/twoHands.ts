import type { CaseRecord } from '../../../domain/case/types.ts';
import { acceptCase, actAt, RECEIVED, SUPPLEMENT } from './deeds.ts';
import { inOrder, step } from './stages.ts';
import type { Terminal } from './terminal.ts';
import type { World } from './world.ts';

/**
 * A case in two hands: its window is cut off and goes on alone, while in the hall a supervisor moves it to another window,
 * or others take its next steps. What the first window did is looked at when its cable is back in.
 */
export function caseInTwoHands(world: World): void {
  const { chance } = world;
  const windows = world.terminals.filter(({ id }) => id.startsWith('W'));
  const owner = chance.pick(windows);
  const other = windows.find((each) => each.id !== owner.id);
  if (!other) return;
  const meanwhile = chance.pick(['moved', 'moved', 'moved on', 'moved on', 'gone on', 'cut off too'] as const);
  const aloneMs = chance.int(300, 4000);
  const cutMs = chance.int(3000, 7000);
  const skewMs = chance.pick([0, -3_600_000, 3_600_000, 5000, -5000]);
  let id = '';

  const recordAt = (terminal: Terminal): CaseRecord | null => terminal.running?.store.cases.find(id)?.record ?? null;
  let isAsking = false;
  let hasParted = false;
  const accepted = () => {
    if (id !== '') return;
    void step(world, owner, async () => {
      id = acceptCase(world, owner);
    });
  };
  const dispatched = () => recordAt(owner)?.state === 'PARALLEL' && recordAt(other)?.state === 'PARALLEL';
  const asked = () => {
    if (isAsking || recordAt(owner)?.state !== 'PARALLEL') return;
    isAsking = true;
    void step(world, owner, async () => {
      await actAt(world, owner, id, { kind: 'advance', advance: SUPPLEMENT });
    }).finally(() => {
      isAsking = false;
    });
  };
  const isAsked = () => recordAt(owner)?.state === 'SUPPLEMENT' && recordAt(other)?.state === 'SUPPLEMENT';
  const part = () => {
    if (!owner.isUp || owner.running?.sync.state.link !== 'connected') return;
    hasParted = true;
    world.trace.count('window cut off from its case');
    world.trace.note(`the cable of ${owner.name} is out`);
    for (const each of meanwhile === 'cut off too' ? [owner, other] : [owner]) {
      world.network.unplug(each.name);
      world.later(cutMs, () => world.network.plug(each.name));
    }
    owner.skewMs += skewMs;
    world.later(aloneMs, () => {
      void step(world, owner, async () => {
        await actAt(world, owner, id, { kind: 'advance', advance: RECEIVED });
        world.trace.count('window goes on with its case alone');
      });
    });
    world.later(chance.int(200, 2500), () => {
      void step(world, other, async () => {
        if (meanwhile.startsWith('moved')) {
          await actAt(world, other, id, { kind: 'take', take: { window: other.id, reason: '原窗口停用' } });
          world.trace.count('case moved while its window was away');
        }
        if (meanwhile === 'moved') return;
        await actAt(world, other, id, { kind: 'advance', advance: RECEIVED });
        await actAt(world, other, id, { kind: 'advance', advance: SUPPLEMENT });
        world.trace.count('others went on with a case meanwhile');
      });
    });
  };
  inOrder(world, [
    { do: accepted, until: dispatched },
    { do: asked, until: isAsked },
    { do: part, until: () => hasParted },
  ]);
}
