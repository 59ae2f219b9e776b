import { YichuangError } from '../../contract/errors.ts';
import type { PaperJob, PowerState, ServicePush, ServiceRpc, ServiceStart } from '../../contract/serviceProtocol.ts';
import { type ChildState, SupervisedChild } from '../../link/supervisedChild.ts';
import type { AcceptPush } from './acceptPush.ts';

/** After this many starts in a row that did not come up, people are told; it goes on trying. */
const STARTS_BEFORE_FAILED = 3;

/**
 * Variables that would change what the bundled Node runs or whom it trusts; the fuses keep them from Electron only.
 * ELECTRON_RUN_AS_NODE is set by Electron's own `fork`.
 */
const NEUTRALISED = { NODE_OPTIONS: '', NODE_PATH: '', NODE_TLS_REJECT_UNAUTHORIZED: '', ELECTRON_RUN_AS_NODE: '' };

export type ServiceState = 'up' | 'restarting' | 'failed';

export interface ServiceHostOptions {
  entry: string;
  /** The bundled Node 24. */
  node: string;
  /** Folder where Node keeps the compiled code of service and devices between starts. */
  codeCache: string;
  /** Asked before every start; may wait for the key. */
  start(): Promise<ServiceStart>;
  onPush(push: ServicePush): void;
  /** A paper for the office printer. @throws YichuangError when it is not out */
  onPaper(job: PaperJob): Promise<void>;
  onState(state: ServiceState): void;
  /** It said why it cannot start. */
  onRefused(error: YichuangError): void;
  onLog(line: string): void;
}

/** The service process, kept alive, seen through contract/serviceProtocol.ts. */
export class ServiceHost {
  readonly #child: SupervisedChild;
  readonly #options: ServiceHostOptions;
  #accept: AcceptPush | null = null;
  #failedStarts = 0;
  #state: ServiceState = 'restarting';

  constructor(options: ServiceHostOptions) {
    this.#options = options;
    this.#child = new SupervisedChild({
      name: 'service',
      entry: options.entry,
      execPath: options.node,
      env: { ...NEUTRALISED, NODE_COMPILE_CACHE: options.codeCache },
      start: () => this.#start(),
      onCall: (method, params) => this.#answer(method, params),
      onEvent: (event, payload) => this.#receive(event, payload),
      onState: (state) => this.#childState(state),
      onRefused: options.onRefused,
      onLog: options.onLog,
    });
  }

  get state(): ServiceState {
    return this.#state;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** @throws YichuangError of the service, `deadline`, or `service-restarting` when it goes meanwhile */
  call(request: ServiceRpc, deadlineMs: number): Promise<unknown> {
    return this.#child.call('rpc', request, deadlineMs);
  }

  connectionClosed(connection: string): void {
    this.#child.emit('connection.closed', { connection });
  }

  powerChanged(state: PowerState): void {
    this.#child.emit('power.changed', { state });
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }

  async #start(): Promise<ServiceStart> {
    this.#failedStarts += 1;
    if (this.#failedStarts > STARTS_BEFORE_FAILED) this.#setState('failed');
    const start = await this.#options.start();
    // After that wait, and before the service can push anything.
    this.#accept ??= (await import('./afterWindow.ts')).acceptPush;
    return start;
  }

  #childState(state: ChildState): void {
    if (state === 'up') {
      this.#failedStarts = 0;
      this.#setState('up');
    } else if (state === 'restarting' && this.#state === 'up') {
      this.#setState('restarting');
    }
  }

  #setState(state: ServiceState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#options.onState(state);
  }

  async #answer(method: string, params: unknown): Promise<Record<string, never>> {
    if (method !== 'paper.print') throw new YichuangError('unknown-method');
    const { acceptPaper } = await import('./afterWindow.ts');
    await this.#options.onPaper(acceptPaper(params));
    return {};
  }

  /** Pages receive nothing that the contract does not know. */
  #receive(event: string, payload: unknown): void {
    const push = this.#accept?.(event, payload);
    if (push) this.#options.onPush(push);
    else this.#options.onLog(JSON.stringify({ level: 'warn', msg: 'event outside the contract dropped', event }));
  }
}
