import { terminalConfig } from '../../contract/config.ts';
import { ERRORS } from '../../contract/errors.ts';
import type { Method } from '../../contract/rpc/method.ts';
import { events, methods } from '../../contract/rpc.ts';
import * as sync from '../../contract/sync.ts';
import { STAFF_ROLES } from '../../domain/staff/roles.ts';
import { ROUTES, type Route } from './routes.ts';
import { describeSchema } from './schemaTable.ts';

/** Shapes of domain/ that are stored and passed on whole and have no schema: what they hold, kept by hand. */
const SHAPES: Readonly<Record<string, string>> = {
  CaseFile:
    'one case after all its changes: `id`, `version`, `state`, `acceptedAt`, `acceptance` (number, item, parties, property, materials, clerk, …), `lanes`, `pauses`, `supplements`, `fee`, `payments`, `certificates`, `history`, … and `slips` (each print). `domain/case/types.ts`',
  SlipDocument:
    'a slip as data, drawn by the page and by the printer alike: `title`, `columns`, `copies`, `blocks` (text, field, rule, barcode, qr, feed). `domain/slip/document.ts`',
  Catalogue: '`version`, `validFrom`, `items`, `materials` and `fees`. Schema: `contract/catalogue.ts`',
  Item: '`business` (registration or provident-fund), `code`, `name`, `group`, `type`, `floor`, `fee`, `promise`, `materials`, …; of the fund also `linkedItems`, `targetMinutes`, `statutoryDays`. `domain/catalogue/types.ts`',
  Material: '`code`, `name`, `forms` (the first is the usual one), `hint`. `domain/catalogue/types.ts`',
  WorkCalendar:
    '`years` (by year: `source`, `off`, `working`, `verified`) and `overrides` (`day`, `kind`, `source`). `domain/clock/calendar.ts`',
  TicketRecord:
    'a ticket after all that happened to it: `number`, `queue`, `class`, `state`, `takenAt`, `fallback`, `calls` (each with `why`), `cases`, `pickup`, `passes`, `doubts`, …; never a name. `domain/queue/ticketTypes.ts`',
  TicketOp: 'one change of a ticket: `kind`, such as `ticket.called`, and its `body`. `domain/queue/reduceTicket.ts`',
  TicketTimes: 'milliseconds of each part of a visit, null where there was none. `domain/measure/ticketTimes.ts`',
  WindowRecord:
    '`terminal`, `state` (open, paused, closed), `reason`, `clerk`, `since`, `history`. `domain/queue/hallTypes.ts`',
  QueuePolicy:
    'the rules of the queue as data: `passPolicy`, `recallAfterMs`, `agedAfterMs`, `maxPrioritiesInRow`, … `domain/queue/hallTypes.ts`',
  HallPlan: '`windows` (terminal, number, floor, queues, green, zone) and `policy`. `domain/queue/hallTypes.ts`',
  AlarmAction: 'what can be done about an alarm, by name. `domain/board/`',
  AppointmentRecord:
    'an appointment: `code`, `name`, `phone`, `itemCode`, `day`, `slot`, `state`, `visit` (of a home visit). `domain/appointment/types.ts`',
};

const TIERS: Readonly<Record<Method['tier'], string>> = {
  local: '本机完成 (completes here)',
  'local-then-centre': '本机留存，待中心 (kept here, takes effect at the centre)',
  online: '需联网 (needs the line)',
};

/** The whole of docs/api.md. */
export function buildApiDocument(): string {
  return `${[
    '# API',
    'Generated from `contract/` by `npm run docs`; do not edit. Names are stable once they stand here.',
    [
      'The same calls go over three channels: the Electron window (one `rpc` channel, answers `{ok, value}` or',
      '`{ok: false, code, message, details}`), JSON-RPC 2.0 over WebSocket (`session.hello` with the token comes first;',
      'errors carry `data.code`), and inside the program. Every object is strict: an unknown key is refused with',
      '`bad-input` and nothing is changed.',
    ].join('\n'),
    '## Methods',
    ...Object.entries(methods as Record<string, Method>).map(([name, method]) => describeMethod(name, method)),
    '## Events',
    'Sent to a connection that asked for the topic with `events.subscribe`.',
    ...Object.entries(events).map(([name, event]) =>
      [`### \`${name}\``, `Topic \`${event.topic}\`.`, describeSchema(event.payload, 'output')].join('\n\n'),
    ),
    '## Errors',
    'What a clerk reads: what happened, what is kept, what to do.',
    [
      '| code | sentence |',
      '|---|---|',
      ...Object.entries(ERRORS).map(([code, text]) => `| \`${code}\` | ${text} |`),
    ].join('\n'),
    '## Shapes',
    ...Object.entries(SHAPES).map(([name, text]) => `### ${name}\n\n${text}`),
    '## Between machines',
    `HTTP, JSON, at the centre and at hubs alike unless it says otherwise. Any other answer than the ones below is an error:\n\n${describeSchema(sync.syncError, 'output')}`,
    ...ROUTES.flatMap(({ title, says, routes }) => [`### ${title}`, says, ...routes.map(describeRoute)]),
    '## Configuration file',
    'JSON with comments. Every unknown or wrong key is named with its path.',
    describeSchema(terminalConfig, 'input'),
  ].join('\n\n')}\n`;
}

function describeMethod(name: string, method: Method): string {
  const facts = [
    `terminals: ${method.roles.join(', ')}`,
    method.signedIn
      ? `signed in: ${method.staff?.map((role) => `${role} ${STAFF_ROLES[role]}`).join(', ') ?? 'any member of staff'}`
      : 'no one needs to be signed in',
    TIERS[method.tier],
    `deadline ${method.deadlineMs / 1000} s`,
  ];
  return [
    `### \`${name}\``,
    method.doc,
    facts.map((fact) => `- ${fact}`).join('\n'),
    `Input:\n\n${describeSchema(method.input, 'input')}`,
    `Output:\n\n${describeSchema(method.output, 'output')}`,
  ].join('\n\n');
}

function describeRoute(route: Route): string {
  const parts = route.parts.map(([title, schema, io]) => `${title}:\n\n${describeSchema(schema, io)}`);
  return [`#### \`${route.request}\``, route.doc, ...parts].join('\n\n');
}
