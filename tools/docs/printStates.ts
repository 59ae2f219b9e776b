import { PRINT_MOVES, PRINT_OP_KINDS, PRINT_STATE_CODES, PRINT_STATES } from '../../domain/printJob/moves.ts';
import { STAFF_ROLES } from '../../domain/staff/roles.ts';

/** The whole of docs/print-states.md. */
export function buildPrintStatesDocument(): string {
  return `${[
    '# States of a print job',
    'Generated from `domain/printJob/` by `npm run docs`; do not edit. One job is one sheet in one certificate printer. What is not listed is refused with `illegal-transition` and changes nothing.',
    diagram(),
    '## Moves',
    'Each is durable before the act it stands for. 本机: the machine with the printer by itself, never a person.',
    table(
      ['op', 'name', 'from', 'to', 'who', 'with the case'],
      PRINT_OP_KINDS.map((kind) => {
        const { name, from, to, who, with: steps } = PRINT_MOVES[kind];
        return [
          `\`${kind}\``,
          name,
          from.map((state) => (state === null ? '–' : PRINT_STATES[state].name)).join('、'),
          PRINT_STATES[to].name,
          who.length === 0 ? '本机' : who.map((each) => STAFF_ROLES[each]).join('、'),
          (steps ?? ['–']).join('、'),
        ];
      }),
    ),
    '## What each state means',
    table(
      ['state', '名称', '纸', '空白证', '证号', '办件', '接下来'],
      PRINT_STATE_CODES.map((state) => {
        const { name, paper, blank, certificate, case: record, next } = PRINT_STATES[state];
        return [state, name, paper, blank, certificate, record, next];
      }),
    ),
  ].join('\n\n')}\n`;
}

function diagram(): string {
  const lines = PRINT_OP_KINDS.flatMap((kind) => {
    const { name, from, to } = PRINT_MOVES[kind];
    return from.map((state) => `  ${state ?? '[*]'} --> ${to} : ${name}`);
  });
  return ['```mermaid', 'stateDiagram-v2', ...lines, '```'].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n');
}
