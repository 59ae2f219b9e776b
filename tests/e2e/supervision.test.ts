import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ElectronApplication } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resolveElectron } from '../../tools/electron/resolve.ts';
import { chromiumSwitches, inheritedEnv, type LaunchedApp, launchApp, ROOT, STUBS } from '../fixtures/app.ts';
import { call, seen } from '../fixtures/attempts.ts';
import { type Display, startXvfb } from '../fixtures/xvfb.ts';

/** What dies comes back; what cannot come back says so. */

let display: Display;

beforeAll(async () => {
  display = await startXvfb();
});

afterAll(async () => {
  await display?.stop();
});

interface Hello {
  pid: number;
  connection: string;
  closed: string[];
  start: { holder: string; configText: string; demo: boolean; dataDir: string };
}

/** Asks through the page as it is now: Playwright's own page object does not survive a crash. */
function inPage<T>(app: ElectronApplication, expression: string): Promise<T> {
  return app.evaluate(
    ({ BrowserWindow }, code) => BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(code),
    expression,
  );
}

async function hello(app: ElectronApplication): Promise<Hello> {
  const answer = await inPage<{ value: Hello }>(app, "window.yichuang.call('session.hello', {})");
  return answer.value;
}

function crashPage(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents;
    const gone = new Promise<void>((resolve) => contents?.once('render-process-gone', () => resolve()));
    contents?.forcefullyCrashRenderer();
    return gone;
  });
}

async function address(app: ElectronApplication): Promise<string> {
  return inPage<string>(app, 'document.readyState === "complete" ? location.href : ""').catch(() => '');
}

describe('a running terminal', () => {
  let launched: LaunchedApp;

  beforeEach(async () => {
    launched = await launchApp({ display: display.name, env: STUBS });
  });

  afterEach(async () => {
    await launched.stop();
  });

  it('answers again after its service was killed, and rejects what was waiting', async () => {
    const { app, page } = launched;
    const before = await hello(app);
    const waiting = call(page, 'identity.read', {});
    // The stub answers in order: when this one is back, the other is waiting there.
    await call(page, 'session.hello');
    process.kill(before.pid, 'SIGKILL');
    expect(await waiting).toMatchObject({ ok: false, code: 'service-restarting' });
    const after = await hello(app);
    expect(after.pid).not.toBe(before.pid);
    expect(after.start.dataDir).toBe(launched.dataDir);
    const states = (await seen(page)).filter(({ event }) => event === 'service.state').map(({ payload }) => payload);
    expect(states.slice(-2)).toEqual([{ state: 'restarting' }, { state: 'up' }]);
  });

  it('loads a crashed page again, as a new connection', async () => {
    const { app } = launched;
    const before = await hello(app);
    await crashPage(app);
    await expect.poll(() => address(app)).toBe('app://yichuang/index.html');
    const after = await hello(app);
    expect(after.connection).not.toBe(before.connection);
    expect(after.closed).toEqual([before.connection]);
  });

  it('gives up on a page that keeps crashing, and offers a way back', async () => {
    const { app } = launched;
    for (let crash = 0; crash < 4; crash++) {
      await expect.poll(() => address(app)).toBe('app://yichuang/index.html');
      await crashPage(app);
    }
    await expect.poll(() => address(app)).toBe('app://yichuang/failure.html');
    expect(await inPage(app, 'document.title')).toMatch(/^一窗/);
    await inPage(app, "document.querySelector('a').click()");
    await expect.poll(() => address(app)).toBe('app://yichuang/index.html');
  });

  it('leaves no process behind when it is closed', async () => {
    const { pid } = await hello(launched.app);
    await launched.app.close();
    expect(() => process.kill(pid, 0)).toThrow(/ESRCH/);
  });

  it('hands a second start on the same data to the first', async () => {
    const runtime = await resolveElectron();
    const second = spawn(runtime.exe, [...chromiumSwitches(), ROOT, `--data=${launched.dataDir}`], {
      env: { ...inheritedEnv(), ...STUBS, DISPLAY: display.name },
      stdio: 'ignore',
    });
    const [code] = await once(second, 'exit');
    expect(code).toBe(0);
    expect(await hello(launched.app)).toMatchObject({ closed: [] });
  });
});

describe('starting', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'yichuang-start-'));

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('writes a first configuration without devices, and keeps its key over a restart', async () => {
    const dataDir = path.join(folder, 'first');
    const first = await launchApp({ display: display.name, env: STUBS, dataDir });
    expect(await hello(first.app)).toMatchObject({ start: { holder: 'development-file', demo: false } });
    await first.stop();
    const key = readFileSync(path.join(dataDir, 'key.json'), 'utf8');
    const second = await launchApp({ display: display.name, env: STUBS, dataDir, args: ['--demo'] });
    const { start } = await hello(second.app);
    expect(start.demo).toBe(true);
    expect(start.configText).toBe(readFileSync(path.join(dataDir, 'config.jsonc'), 'utf8'));
    expect(start.configText).toContain('"W01"');
    await second.stop();
    expect(readFileSync(path.join(dataDir, 'key.json'), 'utf8')).toBe(key);
  });

  it('says which key of the configuration is wrong, and starts no service', async () => {
    const config = path.join(folder, 'wrong.jsonc');
    writeFileSync(config, '{ "terminal": { "id": "W07", "hall": "main" }, "hubb": "secret" }');
    const launched = await launchApp({
      display: display.name,
      env: STUBS,
      dataDir: path.join(folder, 'wrong'),
      args: [`--config=${config}`],
    });
    expect(await launched.page.title()).toMatch(/^一窗 · 配置文件有误/);
    const text = await launched.page.locator('main').textContent();
    expect(text).toContain('hubb：unknown key');
    expect(text).not.toContain('secret');
    expect(await call(launched.page, 'session.hello')).toMatchObject({ ok: false, code: 'service-restarting' });
    await launched.stop();
  });

  it('says that the key is not to be had, and leaves the data alone', async () => {
    const dataDir = path.join(folder, 'keyless');
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(path.join(dataDir, 'yichuang.db'), 'not empty');
    const launched = await launchApp({ display: display.name, env: STUBS, dataDir });
    await launched.page.waitForURL('app://yichuang/failure.html');
    expect(await launched.page.locator('main').textContent()).toContain('key-record-missing');
    await launched.stop();
    expect(readFileSync(path.join(dataDir, 'yichuang.db'), 'utf8')).toBe('not empty');
  });
});
