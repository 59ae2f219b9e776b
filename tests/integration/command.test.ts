import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase } from '../../db/open.ts';
import { runCommand, startCommand } from '../fixtures/command.ts';
import { RpcClient } from '../fixtures/rpcClient.ts';

let dir: string;
const stops: (() => Promise<unknown>)[] = [];
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'yichuang-command-'));
});
afterEach(async () => {
  await Promise.all(stops.splice(0).map((stop) => stop()));
  rmSync(dir, { recursive: true, force: true });
});

const inDir = (name: string) => path.join(dir, name);

function writeConfig(config: object): string {
  const file = inDir('terminal.jsonc');
  writeFileSync(file, `// a comment is allowed\n${JSON.stringify(config)}`);
  return file;
}

const terminalArgs = (config: string) => ['terminal', '--config', config, '--data', inDir('terminal'), '--headless'];

async function start<T>(args: readonly string[]) {
  const running = await startCommand<T>(args);
  stops.push(running.stop);
  return running;
}

describe('yichuang', () => {
  test('a terminal enrols with a code, gets its staff, lets them sign in, and forgets who was signed in when it is killed', async () => {
    const centre = await start<{ url: string }>(['centre', '--data', inDir('centre'), '--port', '0']);
    const enrol = await runCommand(['enrol', '--data', inDir('centre'), '--terminal', 'W07']);
    const { code } = JSON.parse(enrol.stdout) as { code: string };
    const staff = await runCommand(
      ['staff', '--data', inDir('centre'), '--number', '1001', '--name', '王敏', '--roles', 'WIN'],
      'Yichuang-1001\n',
    );
    expect(staff).toMatchObject({ code: 0 });
    const config = writeConfig({
      terminal: { id: 'W07', hall: 'main' },
      hub: { url: centre.ready.url, enrolmentCode: code },
    });
    const terminal = await start<{ rpc: string; token: string }>(terminalArgs(config));
    const client = await RpcClient.connect(terminal.ready.rpc, terminal.ready.token);
    await client.signIn('1001', 'Yichuang-1001');
    expect((await client.call('session.hello', {})).staff?.name).toBe('王敏');
    terminal.child.kill('SIGKILL');
    const again = await start<{ rpc: string; token: string }>(terminalArgs(config));
    const stranger = await RpcClient.connect(again.ready.rpc, again.ready.token);
    expect(await stranger.call('session.hello', {})).toMatchObject({ hasStaff: true, staff: null });
    stranger.close();
    expect(await again.stop()).toBe(0);
    expect((await runCommand(['verify', '--data', inDir('terminal')])).code).toBe(0);
    // Whoever tidies up a folder finds in the manual what must not be deleted.
    const manual = readFileSync(path.join('docs', 'operations.md'), 'utf8');
    const files = ['centre', 'terminal'].flatMap((folder) => readdirSync(inDir(folder)));
    expect(files.filter((name) => !manual.includes(`\`${name.replace(/-(wal|shm|journal)$/, '')}`))).toEqual([]);
  });

  test('a wrong key of the configuration is named with its path and nothing starts', async () => {
    const config = writeConfig({
      terminal: { id: 'W07', hall: 'main', flour: 2 },
      devices: { idReader: { driver: 'sam', port: '' } },
    });
    const { code, stderr } = await runCommand(terminalArgs(config));
    expect(code).toBe(1);
    expect(stderr).toContain('terminal.flour: unknown key');
    expect(stderr).toContain('devices.idReader.driver');
    expect(stderr).toContain('devices.idReader.port');
  });

  test('a port that is taken is said so', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const config = writeConfig({ terminal: { id: 'W07', hall: 'main' } });
    const { code, stderr } = await runCommand([...terminalArgs(config), '--port', String(port)]);
    server.close();
    expect(code).toBe(1);
    expect(stderr).toContain('EADDRINUSE');
  });

  test('verify names what was tampered with and exits with 1', async () => {
    const config = writeConfig({ terminal: { id: 'W07', hall: 'main' } });
    const terminal = await startCommand(terminalArgs(config));
    await terminal.stop();
    const key = JSON.parse(readFileSync(inDir('terminal/key.json'), 'utf8')) as { hex: string };
    const db = openDatabase({ file: inDir('terminal/yichuang.db'), keyHex: key.hex });
    db.exec("INSERT INTO staff VALUES (x'00112233445566778899aabbccddeeff', 1, '9', 'x', '[]', 'x', 1)");
    db.close();
    const { code, stdout } = await runCommand(['verify', '--data', inDir('terminal')]);
    expect(code).toBe(1);
    expect(stdout).toContain(
      '{"code":"projection-differs","detail":"staff 00112233445566778899aabbccddeeff: not in the log"}',
    );
  });

  test('a short password is refused', async () => {
    const { code, stderr } = await runCommand(
      ['staff', '--data', inDir('centre'), '--number', '1', '--name', 'x', '--roles', 'WIN'],
      '123',
    );
    expect(code).toBe(1);
    expect(stderr).toContain('at least 8 characters');
  });

  test('a voice pack is listed and checked, and a simulated display listens', async () => {
    const listed = await runCommand(['voice-pack']);
    const { pieces } = JSON.parse(listed.stdout) as { pieces: string[] };
    expect(pieces).toContain('号窗口');
    const checked = await runCommand(['voice-pack', path.join('native', 'voice', 'packs', 'zh-CN')]);
    expect(JSON.parse(checked.stdout)).toMatchObject({ pieces: pieces.length, problems: [] });
    expect(checked.code).toBe(0);
    const display = await start<{ port: string }>(['simulate', 'onbon-bx5k', '--port', 'tcp://127.0.0.1:0']);
    expect(display.ready.port).toMatch(/^tcp:\/\/127\.0\.0\.1:\d+$/);
  });

  test.each([
    ['simulate', 'toaster', '--port', 'tcp://127.0.0.1:0'],
    ['bench', 'nothing'],
    ['voice-pack', '/nonexistent'],
    ['verify', '--data', '/nonexistent'],
    ['centre', '--data', '/nonexistent', '--port', '74x0'],
    ['staff', '--data', '/nonexistent', '--number', '1', '--name', 'x', '--roles', 'WINDOW'],
  ])('%s with %s fails in words', async (...args) => {
    const { code, stderr } = await runCommand(args.filter((arg) => typeof arg === 'string'));
    expect(code).toBe(1);
    expect(stderr).not.toContain('    at ');
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('in a mistyped folder no command makes another centre, or a key', async () => {
    mkdirSync(inDir('typo'));
    for (const args of [
      ['enrol', '--data', inDir('typo'), '--terminal', 'W07'],
      ['restore', '--data', inDir('typo')],
    ]) {
      const { code, stdout, stderr } = await runCommand(args);
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toContain(inDir('typo'));
    }
    expect(readdirSync(inDir('typo'))).toEqual([]);
  });

  test('a backup is made beside the running terminal, refused while it runs, and restored when it is closed', async () => {
    const config = writeConfig({ terminal: { id: 'W07', hall: 'main' } });
    const terminal = await start<{ rpc: string }>(terminalArgs(config));
    const made = await runCommand(['backup', '--data', inDir('terminal')]);
    expect(made.code).toBe(0);
    expect(JSON.parse(made.stdout)).toMatchObject({ epoch: 1, ops: 0 });
    const early = await runCommand(['restore', '--data', inDir('terminal')]);
    expect(early).toMatchObject({ code: 1, stdout: '' });
    expect(early.stderr).toContain('in-use');
    await terminal.stop();
    const restored = await runCommand(['restore', '--data', inDir('terminal')]);
    expect(JSON.parse(restored.stdout)).toMatchObject({ epoch: 2, quarantine: expect.stringContaining('quarantine') });
    expect(restored.stderr).toContain('没有缺失');
    const verified = await runCommand(['verify', '--data', inDir('terminal')]);
    expect(JSON.parse(verified.stdout)).toEqual({ verified: true, findings: 0 });
    // On a new disk nobody knows what came after the backup, and nobody says that nothing did.
    for (const name of readdirSync(inDir('terminal')))
      if (!['key.json', 'backups'].includes(name)) rmSync(path.join(inDir('terminal'), name), { recursive: true });
    const anew = await runCommand(['restore', '--data', inDir('terminal')]);
    expect(anew).toMatchObject({ code: 0, stderr: expect.stringContaining('可能还有缺失') });
    expect(anew.stderr).not.toContain('没有缺失');
  });
});
