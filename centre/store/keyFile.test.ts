import { chmodSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../tests/fixtures/centre.ts';
import { loadKeyFile } from './keyFile.ts';

describe('key file', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  beforeEach(() => {
    folder = temporaryFolder();
  });
  afterEach(() => folder.remove());
  const file = () => path.join(folder.dir, 'centre.key');

  it('is made once, readable by its owner alone, and leaves no draft behind', () => {
    const key = loadKeyFile(folder.dir, true);
    expect(key).toMatch(/^[0-9a-f]{64}$/);
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(loadKeyFile(folder.dir, true)).toBe(key);
    expect(loadKeyFile(folder.dir, false)).toBe(key);
    expect(readdirSync(folder.dir)).toEqual(['centre.key']);
  });

  it.each([0o604, 0o640, 0o644, 0o602])('is refused when its mode is %o', (mode) => {
    loadKeyFile(folder.dir, true);
    chmodSync(file(), mode);
    expect(() => loadKeyFile(folder.dir, true)).toThrow(/readable by others/);
  });

  it('is never replaced by a new one when a database exists already', () => {
    expect(() => loadKeyFile(folder.dir, false)).toThrow(/cannot be opened without its key/);
    expect(readdirSync(folder.dir)).toEqual([]);
  });

  it('is refused without repeating its content when it is not a key', () => {
    writeFileSync(file(), 'half-a-secret', { mode: 0o600 });
    expect(() => loadKeyFile(folder.dir, true)).toThrow(/^(?!.*half-a-secret).*64 hex digits/);
    expect(readFileSync(file(), 'utf8')).toBe('half-a-secret');
  });
});
