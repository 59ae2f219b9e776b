import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { RehearsalResult } from '../../tools/rehearse/rehearse.ts';
import { runCommand } from '../fixtures/command.ts';

/** A morning of a small hall with real processes, its hub killed for half an hour in the middle of it. */
test('a rehearsed morning with the hub gone for half an hour gives no number twice, loses nothing, and verifies clean', {
  timeout: 400_000,
}, async () => {
  const dir = mkdtempSync(path.join(tmpdir(), 'yichuang-rehearsal-'));
  try {
    const size = ['--tickets', '40', '--windows', '4', '--kiosks', '1', '--screens', '2', '--hours', '3'];
    const pace = ['--minutes-per-second', '2', '--fault', 'hub-outage', '--seed', '3'];
    const { code, stdout, stderr } = await runCommand(['rehearse', ...size, ...pace, '--data', dir]);
    const result = JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as RehearsalResult;
    expect(result).toMatchObject({ doubles: 0, losses: 0, strangers: 0, verify: { clean: true, findings: [] } });
    expect(result.tickets).toBeGreaterThan(30);
    expect(result.served).toBeGreaterThan(30);
    expect(stderr).toContain('hub-outage: over');
    expect(code).toBe(0);
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
});
