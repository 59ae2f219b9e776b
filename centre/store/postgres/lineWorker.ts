import { workerData } from 'node:worker_threads';
import { Client, type CustomTypesConfig, DatabaseError } from 'pg';
import { warningsAbout, whyUnfit } from './fitness.ts';
import {
  DOWN,
  type LineAnswer,
  type LineMessage,
  type LineNews,
  type LineRequest,
  type LineStart,
  SIGNAL,
  STATE,
  type StatementResult,
  UNFIT,
  UP,
} from './lineTypes.ts';
import { connectionOptions, prepareSession } from './session.ts';

/**
 * The thread with the connection to PostgreSQL (docs/adr/0043). It keeps a connection up by itself; what was under way when
 * one broke is answered `lost`, and whoever asked decides what that means.
 */

/** Between two attempts to connect, ms. */
const RETRY_MS = 200;

const start = workerData as LineStart;
const { signal, port } = start;

let client: Client | null = null;
let session = 0;
let isClosing = false;
/** Text of a statement → the name under which the server keeps it prepared. */
const names = new Map<string, string>();

/** Values stay as the server wrote them: the other thread knows what it wants of them. */
const AS_WRITTEN: CustomTypesConfig = { getTypeParser: () => (value: string | Buffer) => value };

function say(message: LineAnswer | LineNews): void {
  port.postMessage(message);
  wake();
}

let told = '';

/** Once: during a long outage nobody may be listening. */
function tell(news: LineNews): void {
  const text = JSON.stringify(news);
  if (text !== told) say(news);
  told = text;
}

function wake(): void {
  Atomics.add(signal, SIGNAL, 1);
  Atomics.notify(signal, SIGNAL);
}

function setState(state: number): void {
  Atomics.store(signal, STATE, state);
  wake();
}

async function keepConnected(): Promise<void> {
  while (!isClosing) {
    const next = new Client({ ...connectionOptions(start.address), pipeline: true });
    const ended = new Promise<void>((resolve) => next.once('end', () => resolve()));
    // Without a listener the first broken connection would end the thread.
    next.on('error', () => void next.end().catch(() => {}));
    try {
      await next.connect();
      const settings = await prepareSession(next, start);
      const unfit =
        whyUnfit(settings) ?? (settings.inRecovery && !start.readOnly ? 'the server follows another one' : null);
      tell({ id: 0, trouble: unfit, warnings: warningsAbout(settings) });
      if (unfit === null) {
        session += 1;
        client = next;
        setState(UP);
        await ended;
        client = null;
        setState(DOWN);
        continue;
      }
      setState(UNFIT);
    } catch (error) {
      tell({ id: 0, trouble: describe(error), warnings: [] });
      setState(isRefusal(error) ? UNFIT : DOWN);
    }
    void next.end().catch(() => {});
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** Wrong user, password, database or certificate: not a matter of time. */
function isRefusal(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return /^(28\w{3}|3D000|ERR_TLS_\w+|CERT_\w+|\w*SELF_SIGNED\w*|UNABLE_TO_\w+)$/.test(code);
}

function describe(error: unknown): string {
  if (error instanceof DatabaseError) return `PostgreSQL ${error.code}`;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === '' ? 'no connection' : `no connection (${code})`;
}

async function answer({ id, session: wanted, statements }: LineRequest): Promise<void> {
  const on = client;
  if (!on || (wanted !== null && wanted !== session)) {
    say({ id, lost: 'no connection' });
    return;
  }
  const asked = session;
  const settled = await Promise.allSettled(statements.map(({ text, values }) => ask(on, text, values)));
  const results: StatementResult[] = [];
  for (const each of settled) {
    if (each.status === 'fulfilled') {
      results.push(each.value);
      continue;
    }
    const { reason } = each;
    if (reason instanceof DatabaseError && !isEnd(reason.code)) {
      say({ id, session: asked, failed: { code: reason.code ?? '', message: reason.message } });
    } else say({ id, lost: describe(reason) });
    return;
  }
  say({ id, session: asked, results });
}

/** The server ends the connection with these. */
function isEnd(code: string | undefined): boolean {
  return code !== undefined && /^(57P0[1-5]|25P03|08\w{3})$/.test(code);
}

async function ask(on: Client, text: string, values: readonly (string | null)[]): Promise<StatementResult> {
  const name = names.get(text) ?? `s${names.size}`;
  names.set(text, name);
  const result = await on.query<(string | null)[]>({
    name,
    text,
    values: [...values],
    rowMode: 'array',
    types: AS_WRITTEN,
  });
  const columns = result.fields.map((field) => ({ name: field.name, type: field.dataTypeID }));
  return { command: result.command, count: result.rowCount ?? 0, columns, rows: result.rows };
}

port.on('message', (message: LineMessage) => {
  if ('statements' in message) void answer(message);
  else if ('hangUp' in message) {
    // Whatever is under way is answered `lost`, and a new connection made.
    client?.connection.stream.destroy();
  } else {
    isClosing = true;
    const ended = client ? client.end() : Promise.resolve();
    void ended.catch(() => {}).then(() => say({ id: message.id, lost: 'closed' }));
  }
});

void keepConnected();
