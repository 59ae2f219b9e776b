import { describe, expect, it } from 'vitest';
import type { ShortcutVerb } from '../../contract/config/shortcuts.ts';
import { parseTerminalConfig } from '../../contract/config.ts';
import { needsWindow, Shortcuts } from './shortcuts.ts';

const { shortcuts: CONFIG } = parseTerminalConfig(
  '{"terminal":{"id":"W07","hall":"main"},"shortcuts":{"recall":null}}',
);
const signedIn = (roles: string[]) => ({ ok: true, value: { number: '1001', name: '王敏', roles } }) as const;
const DONE = { ok: true, value: {} } as const;

function setUp(others: readonly string[] = [], config = () => Promise.resolve(CONFIG)) {
  const keys = new Map<string, () => void>();
  const pressed: ShortcutVerb[] = [];
  const states: unknown[] = [];
  const shortcuts = new Shortcuts({
    grabber: {
      register(name, press) {
        if (others.includes(name) || keys.has(name)) return false;
        keys.set(name, press);
        return true;
      },
      unregister: (name) => keys.delete(name),
    },
    config,
    pressed: (verb) => pressed.push(verb),
    state: (taken) => states.push(taken),
  });
  return { shortcuts, keys, pressed, states };
}

describe('keys over other programs', () => {
  it('are taken when a clerk signs in, and what is pressed names the verb', async () => {
    const { shortcuts, keys, pressed, states } = setUp();
    expect(keys.size).toBe(0);
    await shortcuts.noteAnswer('page-1', 'session.login', signedIn(['WIN']));
    expect([...keys.keys()]).toContain('Ctrl+Shift+F1');
    expect(keys.has('Ctrl+Shift+F2')).toBe(false);
    keys.get('Ctrl+Shift+F1')?.();
    keys.get('Ctrl+Shift+F7')?.();
    expect(pressed).toEqual(['callNext', 'hold']);
    expect(states).toEqual([[]]);
  });

  it('are not taken for somebody who serves no window, nor for a failed sign-in', async () => {
    const { shortcuts, keys } = setUp();
    await shortcuts.noteAnswer('page-1', 'session.login', signedIn(['ADM']));
    await shortcuts.noteAnswer('page-1', 'session.login', {
      ok: false,
      code: 'login-failed',
      message: '',
      details: null,
    });
    expect(keys.size).toBe(0);
  });

  it.each(['session.logout', 'session.lock'])('are given back by %s', async (method) => {
    const { shortcuts, keys } = setUp();
    await shortcuts.noteAnswer('page-1', 'session.login', signedIn(['WIN']));
    await shortcuts.noteAnswer('page-2', method, DONE);
    expect(keys.size).toBe(7);
    await shortcuts.noteAnswer('page-1', method, DONE);
    expect(keys.size).toBe(0);
  });

  it('are given back when the page is gone, and taken again for the next clerk', async () => {
    const { shortcuts, keys } = setUp();
    await shortcuts.noteAnswer('page-1', 'session.login', signedIn(['WIN']));
    shortcuts.release('page-1');
    expect(keys.size).toBe(0);
    await shortcuts.noteAnswer('page-2', 'session.login', signedIn(['WIN']));
    expect(keys.size).toBe(7);
  });

  it('that another program holds are named, the others work', async () => {
    const { shortcuts, keys, states } = setUp(['Ctrl+Shift+F3']);
    await shortcuts.noteAnswer('page-1', 'session.login', signedIn(['WIN']));
    expect(states).toEqual([[{ verb: 'finish', keys: 'Ctrl+Shift+F3' }]]);
    expect(keys.size).toBe(6);
  });

  it('are not taken when the clerk left before the configuration was read', async () => {
    const config = Promise.withResolvers<typeof CONFIG>();
    const { shortcuts, keys } = setUp([], () => config.promise);
    const grabbing = shortcuts.noteAnswer('page-1', 'session.login', signedIn(['WIN']));
    shortcuts.release('page-1');
    config.resolve(CONFIG);
    await grabbing;
    expect(keys.size).toBe(0);
  });

  it('bring the window forward where something is asked', () => {
    expect(needsWindow('transfer')).toBe(true);
    expect(needsWindow('callNext')).toBe(false);
  });
});
