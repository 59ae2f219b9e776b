import { expect, test, vi } from 'vitest';
import { YichuangError } from '../../contract/errors.ts';
import { CATALOGUE } from '../../domain/catalogue/catalogue.ts';
import { BUILT_IN_CALENDAR } from '../../domain/clock/publishedCalendar.ts';
import { laterCatalogue } from '../../tests/fixtures/publications.ts';
import type { RpcClient } from '../rpc/client.ts';
import { Listeners } from '../rpc/listeners.ts';
import { catalogueIn, createReference } from './reference.ts';

/** The service's side: one catalogue in force, and those it still knows by version. */
function serviceWith(versions: Record<string, typeof CATALOGUE>) {
  const listeners = new Listeners();
  const calls: unknown[] = [];
  let inForce = CATALOGUE;
  let isAway = false;
  const client = {
    async call(method: string, input: { version?: string }) {
      calls.push([method, input]);
      if (isAway) throw new YichuangError('service-restarting');
      if (method === 'calendar.get') return { ...BUILT_IN_CALENDAR, overrides: [] };
      return input.version === undefined ? inForce : versions[input.version];
    },
    on: (event: Parameters<RpcClient['on']>[0], listener: never) => listeners.on(event, listener),
    state: () => 'up',
    onState: () => () => undefined,
  } as unknown as RpcClient;
  return {
    client,
    calls,
    publish(catalogue: typeof CATALOGUE) {
      inForce = catalogue;
      listeners.emit('catalogue.changed', { version: catalogue.version });
    },
    setAway(away: boolean) {
      isAway = away;
    },
  };
}

test('what the centre publishes replaces the built-in one, and the one before stays for cases under way', async () => {
  const service = serviceWith({});
  const reference = createReference(service.client);
  expect(reference.getState().catalogue).toBe(CATALOGUE);
  await reference.getState().load();
  const later = laterCatalogue('2026.4', '2026-11-23');
  service.publish(later);
  await vi.waitUntil(() => reference.getState().catalogue.version === '2026.4');
  expect(catalogueIn(reference.getState(), CATALOGUE.version)).toBe(CATALOGUE);
  expect(catalogueIn(reference.getState(), '2026.4')).toBe(later);
  expect(catalogueIn(reference.getState(), '')).toBe(later);
});

test('an older version is fetched once, and asked again after a failure', async () => {
  const old = laterCatalogue('2025.9', '2025-01-01');
  const service = serviceWith({ '2025.9': old });
  const reference = createReference(service.client);
  service.setAway(true);
  reference.getState().want('2025.9');
  await vi.waitUntil(() => service.calls.length === 1);
  expect(catalogueIn(reference.getState(), '2025.9')).toBe(CATALOGUE);
  service.setAway(false);
  await vi.waitUntil(() => {
    reference.getState().want('2025.9');
    return reference.getState().versions['2025.9'] === old;
  });
  const asked = service.calls.length;
  reference.getState().want('2025.9');
  reference.getState().want('');
  expect(service.calls).toHaveLength(asked);
});
