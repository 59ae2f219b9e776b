import path from 'node:path';
import type { YichuangError } from '../../contract/errors.ts';
import type { PaperJob, ServicePush, ServiceStart } from '../../contract/serviceProtocol.ts';
import type { Folders } from './folders.ts';
import type { Installation } from './installation.ts';
import type { DataKey } from './keyVault.ts';
import type { Log } from './log.ts';
import { RotatingLog } from './rotatingLog.ts';
import { ServiceHost } from './serviceHost.ts';

export interface StartServiceOptions {
  configText: string;
  /** The service waits for it; forking does not. */
  key: Promise<DataKey>;
  version: string;
  demo: boolean;
  folders: Folders;
  installation: Installation;
  log: Log;
  push(push: ServicePush): void;
  printPaper(job: PaperJob): Promise<void>;
  onRefused(error: YichuangError): void;
}

/** Forks the service; its stderr goes to its own log, its going and coming to every page as `service.state`. */
export function startService(options: StartServiceOptions): ServiceHost {
  const { folders, installation, log } = options;
  const serviceLog = new RotatingLog(path.join(folders.logs, 'service.log'));
  return new ServiceHost({
    entry: installation.serviceEntry,
    node: installation.node,
    codeCache: path.join(folders.shell, 'code-cache'),
    start: async (): Promise<ServiceStart> => ({
      configText: options.configText,
      dataDir: folders.data,
      key: await options.key,
      devicesEntry: installation.devicesEntry,
      execPath: installation.node,
      version: options.version,
      demo: options.demo,
      printsPapers: true,
    }),
    onPush: options.push,
    onPaper: options.printPaper,
    onState: (state) => {
      log.info('service', { state });
      options.push({ connection: null, event: 'service.state', payload: { state } });
    },
    onRefused: options.onRefused,
    onLog: (line) => serviceLog.write(line),
  });
}
