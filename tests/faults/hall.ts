import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createEnrolmentCodeOffline, upsertStaffOffline } from '../../centre/command.ts';
import type { CentreData } from '../../centre/store/openStore.ts';
import { parseDatabaseUrl } from '../../centre/store/postgres/address.ts';
import { openPostgresToRead } from '../../centre/store/postgres/open.ts';
import type { SqlDatabase } from '../../centre/store/sqlDatabase.ts';
import { openToRead } from '../../centre/store/sqlite/open.ts';
import { verifyCentre } from '../../centre/verify/verify.ts';
import { verifyFolder } from '../../tools/commands/verify.ts';
import { ownAddress } from './addresses.ts';
import { type Command, Machine } from './machines.ts';

export interface TerminalReady {
  rpc: string;
  token: string;
}

export const CLERK = { number: '1001', name: '王敏', roles: ['WIN' as const], password: 'Yichuang-1001' };
export const SUPERVISOR = { number: '3001', name: '李强', roles: ['SUP' as const], password: 'Yichuang-3001' };
/** Also for halls whose clock is not this machine's. */
const CODE_MINUTES = 31 * 24 * 60;
/** Nobody leaves a desk here. */
const SETTINGS = { lockAfterMinutes: 120, reloginAfterMinutes: 480 };

export type FaultHall = Awaited<ReturnType<typeof openFaultHall>>;

/**
 * A centre, the hub of hall `main` and a window W07, all processes of the command at addresses of their own. Each may have
 * something between it and the one it talks to (`through`): the address there stands for the real one.
 */
export async function openFaultHall(
  dir: string,
  command: Command,
  {
    through = async (url) => url,
    centreHost,
    database,
    hub: { host: hubHost, prefix } = {},
  }: {
    through?: (url: string) => Promise<string>;
    /** An address of this machine that the hub can reach, where it is elsewhere. */
    centreHost?: string;
    /** URL of the PostgreSQL database that has the centre's ops; absent: its SQLite file. */
    database?: string | undefined;
    hub?: { host?: string; prefix?: readonly string[] };
  } = {},
) {
  mkdirSync(dir, { recursive: true });
  const centreAt = ownAddress(centreHost);
  const hubAt = ownAddress(hubHost);
  const place = (name: string) => path.join(dir, name);
  const listen = ({ host, port }: typeof hubAt) => ['--host', host, '--port', port];
  const data: CentreData = { dataDir: place('centre') };
  const urlFile = place('database-url');
  const moveDatabase = (url: string): void => {
    writeFileSync(urlFile, url, { mode: 0o600 });
    data.database = parseDatabaseUrl(url);
  };
  if (database !== undefined) moveDatabase(database);
  const centre = new Machine(command, [
    ...['centre', '--data', data.dataDir, ...listen(centreAt)],
    ...(database === undefined ? [] : ['--database-url-file', urlFile]),
  ]);
  const upstream = await through(centreAt.url);
  const hub = new Machine({ ...command, ...(prefix && { prefix }) }, [
    ...['centre', '--data', place('hub'), ...listen(hubAt), '--relay', '--upstream', upstream],
  ]);
  const hubUrl = await through(hubAt.url);
  await centre.start();
  for (const each of [CLERK, SUPERVISOR]) await upsertStaffOffline(data, each);
  const relayCode = await createEnrolmentCodeOffline(data, {
    terminal: 'H01',
    kind: 'relay',
    hall: 'main',
    ttlMinutes: CODE_MINUTES,
  });
  await hub.start('--relay-code', relayCode);

  const codeFor = (terminal: string) =>
    createEnrolmentCodeOffline(data, { terminal, hall: 'main', ttlMinutes: CODE_MINUTES });
  /** @param url of the hub, unless another is named */
  const terminal = async (id: string, url = hubUrl): Promise<Machine<TerminalReady>> => {
    const config = place(`${id}.json`);
    const own = { id, role: 'window', hall: 'main', floor: 2 };
    writeFileSync(
      config,
      JSON.stringify({ terminal: own, hub: { url, enrolmentCode: await codeFor(id) }, ...SETTINGS }),
    );
    return new Machine<TerminalReady>(command, ['terminal', '--config', config, '--data', place(id), '--headless']);
  };
  return {
    dir,
    centre,
    hub,
    /** The centre's ops lie there from its next start on. */
    moveDatabase,
    /** Where terminals find the hub. */
    hubUrl,
    codeFor,
    terminal,
    /** Ops of a kind at the centre, in the order of its log. */
    atCentre: (kind: string) => readOps(data, kind),
    /** In which the centre writes now, and how many ops of anybody it has. */
    centreState: () => readState(data),
    /** Of all data, running or not. @param terminals ids */
    async findings(terminals: readonly string[]): Promise<unknown[]> {
      const own = await Promise.all(terminals.map((id) => verifyFolder(place(id))));
      return [...own.flat(), ...verifyCentre(place('hub')), ...verifyCentre(data.dataDir, data.database)];
    },
  };
}

interface SeenOp {
  stream: string;
  outcome: string;
  number: string | null;
  day: string | null;
  sha256: string | null;
}

/** Past the program, which may run. */
function look<T>({ dataDir, database }: CentreData, ask: (db: SqlDatabase) => T): T {
  const db: SqlDatabase & { close(): unknown } = database ? openPostgresToRead(database).db : openToRead(dataDir);
  try {
    return ask(db);
  } finally {
    db.close();
  }
}

function readState(data: CentreData): { epoch: number; ops: number } {
  return look(data, (db) => {
    const state = db.prepare<[], { epoch: number; ops: number }>(
      'SELECT epoch, (SELECT count(*) FROM op) AS ops FROM centre',
    );
    return state.get() ?? { epoch: 0, ops: 0 };
  });
}

function readOps(data: CentreData, kind: string): SeenOp[] {
  return look(data, (db) => {
    const rows = db.prepare<[string], { envelope: string; outcome: string }>(
      'SELECT envelope, outcome FROM op JOIN op_result ON op_result.op = op.id WHERE kind = ? ORDER BY op.id',
    );
    return rows.all(kind).map(({ envelope, outcome }) => {
      const { stream, body } = JSON.parse(envelope) as Envelope;
      const { number = null, day = null, blob } = body;
      return { stream, outcome, number, day, sha256: blob?.sha256 ?? null };
    });
  });
}

interface Envelope {
  stream: string;
  body: { number?: string; day?: string; blob?: { sha256: string } };
}
