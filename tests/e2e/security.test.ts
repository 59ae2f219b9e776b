import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LaunchedApp, launchApp, STUBS } from '../fixtures/app.ts';
import { attempt, call, seen } from '../fixtures/attempts.ts';
import { type Stranger, startStranger } from '../fixtures/listeners.ts';
import { type Display, startXvfb } from '../fixtures/xvfb.ts';

/** A page under somebody else's control reaches nothing but the table of contract/rpc.ts (design.md §2). */

/** Chromium's own: a camera and a microphone, so that a refusal is a refusal and not for want of a device. */
const FAKE_CAMERA = '--use-fake-device-for-media-stream';

let display: Display;
let stranger: Stranger;
let launched: LaunchedApp;

beforeAll(async () => {
  display = await startXvfb();
  stranger = await startStranger();
  launched = await launchApp({ display: display.name, env: STUBS, args: [FAKE_CAMERA] });
});

afterAll(async () => {
  await launched?.stop();
  await stranger?.stop();
  await display?.stop();
});

describe('what a page loads and runs', () => {
  it('sends the security headers with every answer', async () => {
    const headers = await launched.page.evaluate(async () => {
      const response = await fetch('/index.html');
      return Object.fromEntries(response.headers.entries());
    });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['permissions-policy']).toContain('microphone=()');
  });

  it('runs no inline script and makes no code out of text', async () => {
    const { page } = launched;
    expect(await page.evaluate(() => 'inlineRan' in globalThis)).toBe(false);
    expect(await attempt(page, 'eval')).toBe('refused: EvalError');
    expect(await attempt(page, 'function')).toBe('refused: EvalError');
    expect(await attempt(page, 'html')).toBe('refused: TypeError');
    expect(await attempt(page, 'worker')).toMatch(/^refused/);
  });

  it('reaches no other machine by any means a page has', async () => {
    const { page } = launched;
    expect(await attempt(page, 'fetch', stranger.http)).toBe('refused: TypeError');
    expect(await attempt(page, 'image', `${stranger.http}/x.png`)).toMatch(/^refused/);
    expect(await attempt(page, 'script', `${stranger.http}/x.js`)).toMatch(/^refused/);
    expect(await attempt(page, 'socket', stranger.http.replace('http', 'ws'))).toMatch(/^refused/);
    await attempt(page, 'stun', stranger.stun);
    expect(stranger.heard()).toBe(0);
  });

  it('lets no request out even where no policy of a page applies', async () => {
    const answers = await launched.app.evaluate(async ({ session }, url) => {
      const tried = [url, 'https://example.invalid/', 'ftp://example.invalid/'].map((address) =>
        session.defaultSession.fetch(address).then(
          (response) => response.status,
          (error: Error) => error.message,
        ),
      );
      return Promise.all(tried);
    }, stranger.http);
    // By the filter of requests; without it the resolver would refuse, under another name.
    expect(answers).toEqual(answers.map(() => 'net::ERR_BLOCKED_BY_CLIENT'));
    expect(stranger.heard()).toBe(0);
  });

  it('sees no file outside the pages', async () => {
    const { page } = launched;
    expect(await attempt(page, 'fetch', '/page.css')).toBe('done: 200');
    for (const way of [
      '/../stubService.ts',
      '/%2e%2e/stubService.ts',
      '/..%2fstubService.ts',
      '/%2e%2e%2fstubService.ts',
      '/..%2f..%2f..%2fpackage.json',
      '/%2e%2e%5c%2e%2e%5cpackage.json',
      '/..%252fstubService.ts',
      '//etc/hostname',
      '/page.css%00.html',
      '/%ff',
    ]) {
      expect(`${way} ${await attempt(page, 'fetch', `app://yichuang${way}`)}`).toBe(`${way} done: 404`);
    }
    expect(await attempt(page, 'fetch', '/page.css', { method: 'POST' })).toBe('done: 405');
    expect(await attempt(page, 'fetch', 'app://other/index.html')).toBe('refused: TypeError');
    expect(await attempt(page, 'fetch', 'file:///etc/hostname')).toBe('refused: TypeError');
  });
});

describe('where a page goes', () => {
  it('opens no window', async () => {
    expect(await attempt(launched.page, 'open', stranger.http)).toBe('done: null');
    expect(await attempt(launched.page, 'open', 'app://yichuang/index.html')).toBe('done: null');
    expect(launched.app.windows()).toHaveLength(1);
  });

  it.each(['http', 'data', 'blob', 'app'])('does not leave its address for a %s one', async (kind) => {
    const { app, page } = launched;
    const target = {
      http: `${stranger.http}/`,
      data: 'data:text/html,x',
      blob: await page.evaluate(() => URL.createObjectURL(new Blob(['x'], { type: 'text/html' }))),
      app: 'app://yichuang/page.css',
    }[kind];
    // Listening before the page goes. Listeners run in order: ours decides first, this one sees what it decided.
    await app.evaluate(({ BrowserWindow }) => {
      const contents = BrowserWindow.getAllWindows()[0]?.webContents;
      const decided = new Promise<boolean>((resolve) => {
        contents?.once('will-frame-navigate', (details) => resolve(details.defaultPrevented));
      });
      Object.assign(globalThis, { decided });
    });
    await attempt(page, 'go', target);
    // Chromium itself keeps a top frame from data: addresses, before the program is asked.
    if (kind !== 'data') expect(await app.evaluate(() => Reflect.get(globalThis, 'decided'))).toBe(true);
    expect(await page.evaluate('location.href')).toBe('app://yichuang/index.html');
    expect(stranger.heard()).toBe(0);
  });

  it('does not show a local file', async () => {
    await attempt(launched.page, 'go', 'file:///etc/hostname');
    expect(await launched.page.evaluate('location.href')).toBe('app://yichuang/index.html');
  });

  it('is granted no permission and no device but the picture of a document camera', async () => {
    const { page } = launched;
    expect(await attempt(page, 'permission', 'camera')).toBe('done: granted');
    expect(await attempt(page, 'capture', { video: true })).toBe('done: 1');
    for (const name of ['microphone', 'geolocation', 'notifications', 'midi', 'clipboard-read']) {
      expect(`${name} ${await attempt(page, 'permission', name)}`).toBe(`${name} done: denied`);
    }
    expect(await attempt(page, 'notify')).toBe('done: denied');
    expect(await attempt(page, 'place')).toMatch(/^refused/);
    expect(await attempt(page, 'serial')).toMatch(/^refused/);
  });

  it('hears nothing and does not see the screen, by the camera’s permission or any other', async () => {
    const { page } = launched;
    const screen = { mandatory: { chromeMediaSource: 'desktop', chromeMediaSourceId: 'screen:0:0' } };
    for (const wanted of [{ audio: true }, { audio: true, video: true }, { video: screen }]) {
      expect(await attempt(page, 'capture', wanted)).toBe('refused: NotAllowedError');
    }
    expect(await attempt(page, 'display')).toMatch(/^refused/);
  });

  it('has no camera at all in a role that scans nothing', async () => {
    const args = ['--role=screen', FAKE_CAMERA];
    const other = await launchApp({ display: display.name, env: STUBS, args });
    expect(await attempt(other.page, 'permission', 'camera')).toBe('done: denied');
    expect(await attempt(other.page, 'capture', { video: true })).toBe('refused: NotAllowedError');
    await other.stop();
  });

  it('has nothing of Node or Electron', async () => {
    const globals = await launched.page.evaluate(() =>
      ['require', 'process', 'module', 'Buffer', 'ipcRenderer', 'electron'].filter((name) => name in globalThis),
    );
    expect(globals).toEqual([]);
    expect(await launched.page.evaluate(() => Object.keys(Reflect.get(globalThis, 'yichuang')).sort())).toEqual([
      'call',
      'onEvent',
    ]);
  });
});

describe('what a page may call', () => {
  it('reaches the service with the role of its window', async () => {
    expect(await call(launched.page, 'session.hello')).toMatchObject({ ok: true, value: { role: 'window' } });
  });

  it.each(['no.such', '', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'start', 'rpc', 42, null, {}])(
    'knows no method %j',
    async (method) => {
      expect(await call(launched.page, method)).toMatchObject({ ok: false, code: 'unknown-method' });
    },
  );

  it('takes no input that differs from the schema, and repeats none of it', async () => {
    const { page } = launched;
    for (const [method, input] of [
      ['session.login', { number: 'secret-7', password: 7 }],
      ['session.login', { number: 'secret-7', password: 'x', role: 'supervisor' }],
      ['session.hello', 'secret-7'],
      ['case.get', ['secret-7']],
      ['identity.read', { waitMs: Number.MAX_SAFE_INTEGER }],
      ['devices.test', { device: '__proto__' }],
    ] as const) {
      const answer = await call(page, method, input);
      expect(answer).toMatchObject({ ok: false, code: 'bad-input' });
      expect(JSON.stringify(answer)).not.toContain('secret-7');
    }
  });

  it('hears no stack and no statement when the service fails', async () => {
    const answer = await call(launched.page, 'sync.status');
    expect(answer).toMatchObject({ ok: false, code: 'internal', details: null });
    expect(JSON.stringify(answer)).not.toMatch(/SELECT|at |\.ts/);
  });

  it('receives its own events and those for all, of the contract only', async () => {
    await call(launched.page, 'events.subscribe', { topics: ['cases'] });
    await expect.poll(() => seen(launched.page)).toContainEqual({ event: 'cases.changed', payload: { ids: ['all'] } });
    const changed = (await seen(launched.page)).filter(({ event }) => event === 'cases.changed');
    expect(changed.map(({ payload }) => payload)).toEqual([{ ids: ['mine'] }, { ids: ['all'] }]);
  });

  it('gives a frame inside the page no bridge, and shows nothing in it', async () => {
    expect(await attempt(launched.page, 'frame')).toBe('bridge: undefined');
    expect(await attempt(launched.page, 'frame', 'app://yichuang/index.html')).toBe('refused: frame-src');
    expect(await attempt(launched.page, 'frame', stranger.http)).toBe('refused: frame-src');
    expect(stranger.heard()).toBe(0);
  });

  it('answers no window but those the shell opened', async () => {
    // A window that some mistake opened, with our preload and our page.
    const answer = await launched.app.evaluate(async ({ app, BrowserWindow }) => {
      const preload = `${app.getAppPath()}/out/preload/index.cjs`;
      const stray = new BrowserWindow({ show: false, webPreferences: { preload } });
      await stray.loadURL('app://yichuang/index.html');
      const answer = await stray.webContents.executeJavaScript("window.yichuang.call('session.hello', {})");
      stray.destroy();
      return answer;
    });
    expect(answer).toMatchObject({ ok: false, code: 'forbidden' });
  });
});
