import { expect, test } from 'vitest';
import { fakeService } from '../../tests/fixtures/fakeService.ts';
import { createStatus } from './status.ts';

test('keys that another program holds are known before there is a page that shows them', () => {
  const { client, listeners } = fakeService({});
  const status = createStatus(client);
  listeners.emit('shortcut.state', { taken: [{ verb: 'callNext', keys: 'Ctrl+Shift+F1' }] });
  expect(status.getState().takenKeys).toEqual(['Ctrl+Shift+F1']);
  listeners.emit('shortcut.state', { taken: [] });
  expect(status.getState().takenKeys).toEqual([]);
});
