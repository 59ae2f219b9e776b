import path from 'node:path';
import pino from 'pino';
import { v7 } from 'uuid';
import { WorkingLedger } from '../../centre/ledger/workingLedger.ts';
import type { Centre } from '../../centre/options.ts';
import { startCentre } from '../../centre/start.ts';
import { openSqliteStore } from '../../centre/store/sqlite/store.ts';
import type { CentreStore } from '../../centre/store/types.ts';
import type { OfficeRequest } from '../../contract/office.ts';
import { Store } from '../../db/store.ts';
import type { CaseRecord } from '../../domain/case/types.ts';
import { STAFF_ROLES, type StaffRole } from '../../domain/staff/roles.ts';
import { connectHttp } from '../../link/httpLine.ts';
import { CentreApi } from '../../sync/centreApi.ts';
import { Puller } from '../../sync/puller.ts';
import { pushAll } from '../../sync/pusher.ts';
import { Channel } from './cashier.ts';
import type { PlannedWindow } from './plan.ts';

export const CENTRE_FOLDER = 'centre';
const HALL = 'main';
const ROLES = Object.keys(STAFF_ROLES) as StaffRole[];
/** Persons for each role. */
const PERSONS = 2;

/** Two persons for each role, numbered alike in every hall: `3001` to `3032`. */
export function staffOf(role: StaffRole): [string, string] {
  const first = 3001 + ROLES.indexOf(role) * PERSONS;
  return [String(first), String(first + 1)];
}

export interface HallWindow {
  plan: PlannedWindow;
  store: Store;
  /** Its line to the centre. */
  api: CentreApi;
  push(): Promise<void>;
  pull(): Promise<void>;
}

export interface HallOptions {
  /** Where everything lies: `centre/`, and a folder for each window, such as `W07/`. */
  dir: string;
  /** Of the windows' stores. */
  keyHex: string;
  windows: readonly PlannedWindow[];
  now: () => number;
}

/** A real centre on HTTP with staff, and real stores for its windows; nothing of it runs by real time. */
export class DayHall {
  readonly windows: readonly HallWindow[];
  readonly #centre: Centre;
  /** Beside the running centre, for what no request asks: reading a case whole, and the payment channel. */
  readonly #beside: CentreStore;
  readonly channel: Channel;

  private constructor(
    parts: { centre: Centre; beside: CentreStore; windows: readonly HallWindow[] },
    now: () => number,
  ) {
    this.#centre = parts.centre;
    this.#beside = parts.beside;
    this.windows = parts.windows;
    this.channel = new Channel(parts.beside, HALL, now);
  }

  static async open({ dir, keyHex, windows: planned, now }: HallOptions): Promise<DayHall> {
    const dataDir = path.join(dir, CENTRE_FOLDER);
    const centre = await startCentre({ dataDir, now, logger: pino({ level: 'silent' }) });
    for (const role of ROLES) {
      for (const [index, number] of staffOf(role).entries()) {
        const name = `${STAFF_ROLES[role]}${'甲乙'[index]}`;
        await centre.upsertStaff({ number, name, roles: [role], password: `Yichuang-${number}` });
      }
    }
    const windows: HallWindow[] = [];
    for (const plan of planned) {
      const store = Store.open({ dir: path.join(dir, plan.id), keyHex, now, newId: () => v7({ msecs: now() }) });
      windows.push(await enrol(centre, plan, store));
    }
    return new DayHall({ centre, beside: openSqliteStore(dataDir), windows }, now);
  }

  /** The case as the centre has it. */
  read(caseId: string): Promise<CaseRecord | null> {
    return this.#beside.write([], (known) => {
      const entity = known.findEntity(`case:${caseId}`)?.entity;
      const value = entity?.type === 'case' ? entity.record : null;
      return { decision: new WorkingLedger(known).decision(), value };
    });
  }

  /** @throws YichuangError with the centre's reason */
  async act(window: HallWindow, request: OfficeRequest): Promise<void> {
    await window.api.act(request);
  }

  stats(): ReturnType<Centre['stats']> {
    return this.#centre.stats();
  }

  async close(): Promise<void> {
    for (const { store } of this.windows) store.close();
    this.#beside.close();
    await this.#centre.close();
  }
}

async function enrol(centre: Centre, plan: PlannedWindow, store: Store): Promise<HallWindow> {
  const api = new CentreApi(centre.url, connectHttp(centre.url));
  const code = await centre.createEnrolmentCode({ terminal: plan.id, hall: HALL });
  const { token } = await api.enrol({ code, device: store.ledger.device, terminal: plan.id });
  api.setToken(token);
  return {
    plan,
    store,
    api,
    push: () => pushAll(store, api, () => {}),
    pull: async () => {
      const puller = new Puller({ store });
      for (const scope of ['catalog', `hall:${HALL}`]) await puller.pull(api, scope);
    },
  };
}
