import { expect, test } from 'vitest';
import { opBodies } from '../../contract/ops.ts';
import { planeOf } from './plane.ts';

test('the queue and what hangs on it belong to the hall', () => {
  const kinds = ['ticket.taken', 'window.changed', 'lease.granted', 'prereview.judged', 'help.called', 'hub.took-over'];
  for (const kind of kinds) {
    expect(opBodies, kind).toHaveProperty([kind]);
    expect(planeOf(kind), kind).toBe('hall');
  }
});

test('cases, money, certificates, staff and whatever nobody has named belong to the centre', () => {
  const kinds = Object.keys(opBodies).filter((kind) =>
    /^(case|payment|blanks|count|print|staff|catalogue)\./.test(kind),
  );
  expect(kinds.length).toBeGreaterThan(10);
  for (const kind of [...kinds, 'tickets.issued', 'unheard-of.thing', 'ticket'])
    expect(planeOf(kind), kind).toBe('centre');
});
