import type { TerminalConfig } from '../../contract/config.ts';
import { YichuangError } from '../../contract/errors.ts';
import type { Store } from '../../db/store.ts';
import { type ToSay, toSayOfTicket } from '../../domain/announcement/ofTicket.ts';
import { windowDisplay } from '../../domain/announcement/windowDisplay.ts';
import { plannedWindow } from '../../domain/queue/plan.ts';
import { currentCall } from '../../domain/queue/reduceTicket.ts';
import type { DeviceHost } from '../deviceHost.ts';
import type { HallNow } from './hallNow.ts';
import { AWAY } from './windowDesk.ts';

/** What happened longer ago is not spoken: whoever it called has been told otherwise. */
const SPOKEN_WITHIN_MS = 30_000;
const KEPT_AS = 'announced';
const DISPLAY_MS = 10_000;
/** A voice waits its turn behind a crowd. */
const VOICE_MS = 120_000;

export interface OutputsOptions {
  config: Pick<TerminalConfig, 'terminal' | 'hall' | 'devices'>;
  store: Store;
  hall: HallNow;
  devices: Pick<DeviceHost, 'call'>;
  /** The hub's clock, ms since 1970: instants of calls are its. */
  hubNow: () => number;
  log: (event: string, fields: Record<string, unknown>) => void;
}

/**
 * The displays and voices that this machine drives (`hall` in the configuration; its own window's always). A display is a
 * state and follows what is stored; a voice says each thing once, also over a restart, and nothing that is old.
 */
export class Outputs {
  readonly #options: OutputsOptions;
  /** Keys of what was said → when it came up, ms; only what could still be said is remembered. */
  readonly #said: Map<string, number>;
  readonly #windows: readonly string[];
  readonly #shown = new Map<string, string>();

  constructor(options: OutputsOptions) {
    this.#options = options;
    const { config, store } = options;
    const kept = (store.local.loadDraft(KEPT_AS) ?? {}) as Record<string, number>;
    this.#said = new Map(Object.entries(kept));
    const own = config.devices.displays && Object.hasOwn(config.devices.displays, config.terminal.id);
    this.#windows = [...new Set([...(own ? [config.terminal.id] : []), ...(config.hall.displays ?? [])])];
    this.#show();
  }

  /** These streams changed, and what changed is committed. */
  follow(streams: readonly string[]): void {
    const isAbout = (...kinds: string[]) => streams.some((each) => kinds.some((kind) => each.startsWith(`${kind}:`)));
    if (!isAbout('ticket', 'window', 'plan', 'issue')) return;
    if (isAbout('ticket', 'window', 'plan')) this.#show();
    for (const each of this.#toSay(streams)) this.#say(each);
  }

  #toSay(streams: readonly string[]): ToSay[] {
    const { hall, config } = this.#options;
    const view = hall.view();
    const said: ToSay[] = [];
    for (const stream of streams) {
      const [kind, id = ''] = stream.split(':');
      const ticket = kind === 'ticket' ? hall.ticket(id) : null;
      const ofTicket = ticket && toSayOfTicket(ticket);
      if (ofTicket) said.push(ofTicket);
      const window = kind === 'window' ? [...view.windows.values()].find((each) => each.id === id) : null;
      const planned = window && plannedWindow(view.plan, window.terminal);
      if (window && planned && window.state === 'paused' && window.reason !== AWAY) {
        const announcement = { event: 'pause', window: planned.number } as const;
        const key = `window:${id}:${window.since}`;
        said.push({ key, at: window.since, announcement, terminal: window.terminal, slow: false });
      }
      if (kind === 'issue') {
        const closed = this.#options.store.hall
          .byDay('issue', hall.day)
          .flatMap(({ stops }) => stops)
          .find(({ queue, force }) => queue === 'all' && force === 'stopped');
        const announcement = { event: 'closing' } as const;
        if (closed)
          said.push({
            key: `closing:${hall.day}`,
            at: closed.at,
            announcement,
            terminal: config.terminal.id,
            slow: false,
          });
      }
    }
    return said;
  }

  #say({ key, at, announcement, terminal, slow }: ToSay): void {
    const { devices, hubNow, log } = this.#options;
    const age = hubNow() - Date.parse(at);
    const zones = announcement.event === 'closing' ? this.#ownZones() : this.#zonesOf(terminal);
    if (zones.length === 0 || age > SPOKEN_WITHIN_MS || this.#said.has(key)) return;
    this.#remember(key, Date.parse(at));
    for (const zone of zones) {
      devices.call('voice.speak', { zone, announcement, slow }, VOICE_MS).catch((error: unknown) => {
        log('not-spoken', { zone, code: error instanceof YichuangError ? error.code : 'internal' });
      });
    }
  }

  /** Before it is spoken: what a crash cut off is not said again. */
  #remember(key: string, at: number): void {
    const { store, hubNow } = this.#options;
    const oldest = hubNow() - 2 * SPOKEN_WITHIN_MS;
    for (const [each, when] of this.#said) if (when < oldest) this.#said.delete(each);
    this.#said.set(key, at);
    store.local.saveDraft(KEPT_AS, Object.fromEntries(this.#said), new Date(hubNow()).toISOString());
  }

  #ownZones(): string[] {
    return this.#options.config.hall.zones ?? Object.keys(this.#options.config.devices.voices ?? {});
  }

  /** Where a call of this window is heard, of the voices of this machine. */
  #zonesOf(window: string): string[] {
    const { config, hall } = this.#options;
    const voices = Object.keys(config.devices.voices ?? {});
    const zone = plannedWindow(hall.view().plan, window)?.zone;
    if (zone !== undefined && config.hall.zones?.includes(zone)) return [zone];
    if (window !== config.terminal.id) return [];
    // A window that speaks for itself has one voice, whatever it is named.
    if (zone !== undefined && voices.includes(zone)) return [zone];
    return voices.length === 1 ? voices : [];
  }

  #show(): void {
    const { hall, devices, log } = this.#options;
    if (this.#windows.length === 0) return;
    const view = hall.view();
    const called = [...view.tickets.values()].filter((ticket) => currentCall(ticket) !== null);
    for (const window of this.#windows) {
      const planned = plannedWindow(view.plan, window);
      const state = view.windows.get(window)?.state ?? 'closed';
      const inHand = called
        .filter((ticket) => currentCall(ticket)?.terminal === window)
        .sort(byCall)
        .at(-1);
      const words = windowDisplay(inHand ?? null, state, planned?.number ?? 0);
      const text = JSON.stringify(words);
      if (this.#shown.get(window) === text) continue;
      this.#shown.set(window, text);
      // The devices process shows it after a loss by itself; how the display is stands in its status.
      devices.call('display.show', { window, ...words }, DISPLAY_MS).catch((error: unknown) => {
        log('not-shown', { window, code: error instanceof YichuangError ? error.code : 'internal' });
      });
    }
  }
}

type Called = Parameters<typeof currentCall>[0];

function byCall(a: Called, b: Called): number {
  return (currentCall(a)?.at ?? '').localeCompare(currentCall(b)?.at ?? '');
}
