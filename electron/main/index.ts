import path from 'node:path';
import { app } from 'electron';
import { YichuangError } from '../../contract/errors.ts';
import { findOsVault } from '../platform/compat.ts';
import { peekRole, readConfigText } from './configText.ts';
import type { Failure } from './failure.ts';
import { type Folders, makeFolders, placeFolders } from './folders.ts';
import { locate } from './installation.ts';
import type { DataKey } from './keyVault.ts';
import { type LaunchOptions, readLaunchOptions } from './launchOptions.ts';
import { exitOnDefects, stopBeforeQuit } from './lifecycle.ts';
import { closeNetwork } from './lockdown.ts';
import { type Log, openLog } from './log.ts';
import { registerAppScheme } from './protocol.ts';
import { provisionedKeyFile } from './provisionedKey.ts';
import { peekSecondScreen } from './secondScreen.ts';
import { Shell } from './shell.ts';
import { describeConfigProblem, describeDamage, describeKeyProblem } from './startFailures.ts';
import { startService } from './startService.ts';

/** sysexits.h: wrong command line. */
const EX_USAGE = 64;

/** The terminal from start to end; the files beside this one do the work. */
function main(): void {
  if (!hardenProcess()) {
    console.error('yichuang: --no-sandbox is refused; run it as an ordinary user');
    app.exit(EX_USAGE);
    return;
  }
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

/** @returns false when the command line asks for less safety than a package gives */
function hardenProcess(): boolean {
  registerAppScheme();
  closeNetwork(app);
  const unsandboxed = app.commandLine.hasSwitch('no-sandbox');
  if (app.isPackaged && unsandboxed) return false;
  // With that switch, forcing the sandbox would keep every child process of root from starting.
  if (!unsandboxed) app.enableSandbox();
  // The fuses close Node's inspector; Chromium's is a switch. Packages for tests are marked in their version.
  if (app.isPackaged && !app.getVersion().endsWith('-test')) {
    for (const name of ['remote-debugging-port', 'remote-debugging-pipe']) app.commandLine.removeSwitch(name);
  }
  return true;
}

/**
 * Order is speed here, with two cores for four processes: the service starts first, being the longest; then the window;
 * and what reads schemas only when Chromium is busy starting the page (docs/performance.md).
 */
async function run(options: LaunchOptions, folders: Folders, log: Log): Promise<void> {
  const { isPackaged: packaged } = app;
  const { resourcesPath, platform, arch, env } = process;
  const installation = locate({ packaged, appPath: app.getAppPath(), resourcesPath, platform, arch, env });
  const configText = tryReadConfig(options, folders);
  const { demo } = options;

  let shell: Shell | null = null;
  const refused = Promise.withResolvers<YichuangError>();
  const key = Promise.withResolvers<DataKey>();
  key.promise.catch((error: unknown) => log.error('no data key', { error: `${error}` }));
  const service =
    configText === null
      ? null
      : startService({
          configText,
          key: key.promise,
          version: app.getVersion(),
          demo,
          folders,
          installation,
          log,
          push: (push) => shell?.push(push),
          onRefused: refused.resolve,
          printPaper: (job) => shell?.printPaper(job) ?? Promise.reject(new YichuangError('paper-printer-missing')),
        });
  if (service) stopBeforeQuit(app, service, () => shell?.leavePages());
  app.on('window-all-closed', () => app.quit());

  await app.whenReady();
  const role = options.role ?? peekRole(configText ?? '');
  const secondScreen = peekSecondScreen(configText ?? '');
  const opened = new Shell({ role, secondScreen, folders, installation, log, service, configText });
  shell = opened;
  app.on('second-instance', () => opened.focus());
  const giveUp = (failure: Failure): void => {
    void service?.stop();
    opened.fail(failure);
  };
  if (configText === null) {
    giveUp(describeConfigProblem(folders.configFile, null));
    return;
  }
  opened.open();

  const { findConfigFailure, openKey } = await import('./afterWindow.ts');
  const failure = findConfigFailure(configText, folders.configFile);
  if (failure) {
    giveUp(failure);
    return;
  }
  void refused.promise.then(({ code, details }) => {
    if (code !== 'store-damaged') return;
    giveUp(describeDamage(String((details as { quarantine: string } | null)?.quarantine ?? folders.data)));
  });
  key.promise.catch((error: unknown) => giveUp(describeKeyProblem(error)));
  key.resolve(
    openKey({
      dataDir: folders.data,
      provisionedFile: provisionedKeyFile(env, platform),
      findOsVault,
      allowDevelopmentFile: !packaged || demo,
      warn: (line) => log.warn(line),
    }),
  );
}

/** @returns null when it cannot be read */
function tryReadConfig(options: LaunchOptions, folders: Folders): string | null {
  try {
    return readConfigText(folders.configFile, options.configFile === null);
  } catch {
    return null;
  }
}

main();
