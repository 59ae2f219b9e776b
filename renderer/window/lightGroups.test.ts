import { describe, expect, it } from 'vitest';
import type { DeviceHealth, DeviceStatus } from '../../contract/deviceProtocol.ts';
import { groupLights } from './lightGroups.ts';

const device = (name: string, health: DeviceHealth): DeviceStatus => ({
  device: name,
  driver: 'any',
  port: 'COM1',
  health,
  reason: null,
  message: null,
  since: '2026-11-23T01:02:03.000Z',
});

describe('the lights on the bar', () => {
  it('are one for each kind, however many displays a terminal drives', () => {
    const groups = groupLights([
      device('idReader', 'online'),
      device('displays.W01', 'online'),
      device('displays.W02', 'online'),
      device('voices.floor-2', 'online'),
    ]);
    expect(groups.map(({ kind, devices, health }) => [kind, devices.length, health])).toEqual([
      ['idReader', 1, 'online'],
      ['displays', 2, 'online'],
      ['voices', 1, 'online'],
    ]);
  });

  it('show the worst of a kind, and how many are as badly off', () => {
    const healths: DeviceHealth[] = ['online', 'offline', 'fault', 'offline', 'unknown', 'attention', 'starting'];
    const [group] = groupLights(healths.map((health, index) => device(`displays.W0${index}`, health)));
    expect(group).toMatchObject({ health: 'offline', count: 2 });
  });

  it.each<[DeviceHealth, DeviceHealth]>([
    ['online', 'unknown'],
    ['unknown', 'starting'],
    ['starting', 'attention'],
    ['attention', 'fault'],
    ['fault', 'offline'],
  ])('%s is better than %s', (better, worse) => {
    const [group] = groupLights([device('displays.A', worse), device('displays.B', better)]);
    expect(group?.health).toBe(worse);
  });
});
