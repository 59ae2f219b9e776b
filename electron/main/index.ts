import path from 'node:path';
import { app } from 'electron';
import { findOsVault } from '../platform/compat.ts';
import { type LoadedConfig, loadConfig } from './configFile.ts';
import type { Failure } from './failurePage.ts';
import { type Folders, makeFolders, placeFolders } from './folders.ts';
import { locate } from './installation.ts';
import { type DataKey, openKey } from './keyVault.ts';
import { type LaunchOptions, readLaunchOptions } from './launchOptions.ts';
import { exitOnDefects, stopBeforeQuit } from './lifecycle.ts';
import { closeNetwork } from './lockdown.ts';
import { type Log, openLog } from './log.ts';
import { registerAppScheme } from './protocol.ts';
import { provisionedKeyFile } from './provisionedKey.ts';
import { Shell } from './shell.ts';
import { describeConfigProblem, describeKeyProblem } from './startFailures.ts';
import { startService } from './startService.ts';

/** The terminal from start to end; the files beside this one do the work. */
function main(): void {
  hardenProcess();
  const options = readLaunchOptions(process.argv.slice(1), process.env);
  const folders = placeFolders(options, app.getPath('userData'));
  makeFolders(folders);
  // Before the lock: it is one per profile folder, so per role and per data folder.
  app.setPath('userData', folders.shell);
  if (!app.requestSingleInstanceLock()) {
    app.quit();
    return;
  }
  const log = openLog(path.join(folders.logs, 'shell.log'), !app.isPackaged);
  exitOnDefects(app, log);
  void run(options, folders, log);
}

function hardenProcess(): void {
  registerAppScheme();
  closeNetwork(app);
  // As root, with --no-sandbox, forcing the sandbox would keep every child process from starting.
  if (app.isPackaged || !app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  // The fuses close Node's inspector; Chromium's is a switch. Packages for tests are marked in their version.
  if (app.isPackaged && !app.getVersion().endsWith('-test')) {
    for (const name of ['remote-debugging-port', 'remote-debugging-pipe']) app.commandLine.removeSwitch(name);
  }
}

async function run(options: LaunchOptions, folders: Folders, log: Log): Promise<void> {
  const { isPackaged: packaged } = app;
  const { resourcesPath, platform, arch, env } = process;
  const installation = locate({ packaged, appPath: app.getAppPath(), resourcesPath, platform, arch, env });
  const loaded = tryLoadConfig(options, folders);
  const { demo } = options;

  let shell: Shell | null = null;
  const key = app.whenReady().then(() => openDataKey(folders, packaged && !demo, log));
  key.catch((error: unknown) => log.error('no data key', { error: `${error}` }));
  // Forked before `ready`, so that Node and Chromium start at the same time.
  const service = loaded.ok
    ? startService({
        configText: loaded.text,
        key,
        version: app.getVersion(),
        demo,
        folders,
        installation,
        log,
        push: (push) => shell?.push(push),
      })
    : null;
  if (service) stopBeforeQuit(app, service);
  app.on('window-all-closed', () => app.quit());

  await app.whenReady();
  const role = options.role ?? (loaded.ok ? loaded.config.terminal.role : 'window');
  const opened = new Shell({ role, folders, installation, log, service });
  shell = opened;
  app.on('second-instance', () => opened.focus());
  if (!loaded.ok) {
    opened.fail(loaded.failure);
    return;
  }
  opened.open();
  key.catch((error: unknown) => {
    void service?.stop();
    opened.fail(describeKeyProblem(error));
  });
}

function tryLoadConfig(
  options: LaunchOptions,
  folders: Folders,
): ({ ok: true } & LoadedConfig) | { ok: false; failure: Failure } {
  try {
    return { ok: true, ...loadConfig(folders.configFile, options.configFile === null) };
  } catch (error) {
    return { ok: false, failure: describeConfigProblem(error, folders.configFile) };
  }
}

function openDataKey(folders: Folders, production: boolean, log: Log): Promise<DataKey> {
  return openKey({
    dataDir: folders.data,
    provisionedFile: provisionedKeyFile(process.env, process.platform),
    findOsVault,
    allowDevelopmentFile: !production,
    warn: (line) => log.warn(line),
  });
}

main();
