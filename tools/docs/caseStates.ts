import { LANE_CODES, LANE_EVENTS, LANE_MOVES, LANE_STATE_NAMES, LANES } from '../../domain/case/lanes.ts';
import { CASE_STATES, STATE_NAMES } from '../../domain/case/states.ts';
import { TRANSITION_IDS, TRANSITIONS, type Transition } from '../../domain/case/transitions.ts';
import { PAUSE_RULES } from '../../domain/clock/pauses.ts';
import { STAFF_ROLES } from '../../domain/staff/roles.ts';

const TIERS: Readonly<Record<Transition['tier'], string>> = {
  local: '本机',
  'local-then-centre': '本机*',
  online: '中心',
};

const ACTORS: Readonly<Record<string, string>> = { ...STAFF_ROLES, SYS: '系统', APPLICANT: '申请人' };

/** The whole of docs/case-states.md. */
export function buildCaseStatesDocument(): string {
  return `${[
    '# States of a case',
    'Generated from `domain/case/` by `npm run docs`; do not edit. What is not listed is refused with `illegal-transition` and changes nothing.',
    '## From acceptance to archive',
    diagram((state) => !BEFORE_ACCEPTANCE.includes(state)),
    '## Before acceptance',
    diagram((state) => BEFORE_ACCEPTANCE.includes(state) || state === 'ACCEPTED' || state === 'NOT_ACCEPTED'),
    '## Transitions',
    '本机: completes on the terminal, line or no line. 本机*: kept there, takes effect at the centre. 中心: needs the line, and the centre decides.',
    table(
      ['no.', 'from', 'event', 'to', 'who', 'where', 'conditions', 'clock', 'prints'],
      TRANSITION_IDS.map((id) => describeTransition(id, TRANSITIONS[id])),
    ),
    '## Lanes',
    'Tasks of the back office. The first four run side by side after dispatch; each of the others opens when the case reaches its state and ends with the transition of that step.',
    table(
      ['lane', 'name', 'role', 'open in', 'budget'],
      LANE_CODES.map((lane) => {
        const { name, role, open, budgetMinutes } = LANES[lane];
        return [
          lane,
          name,
          STAFF_ROLES[role],
          open.map((state) => STATE_NAMES[state]).join('、'),
          `${budgetMinutes ?? '–'}`,
        ];
      }),
    ),
    table(
      ['event', 'from', 'to'],
      LANE_EVENTS.map((event) => {
        const { name, from, to } = LANE_MOVES[event];
        return [`${event} ${name}`, from.map((state) => LANE_STATE_NAMES[state]).join('、'), LANE_STATE_NAMES[to]];
      }),
    ),
    '## States',
    table(
      ['state', '名称'],
      CASE_STATES.map((state) => [state, STATE_NAMES[state]]),
    ),
  ].join('\n\n')}\n`;
}

const BEFORE_ACCEPTANCE: readonly string[] = [
  'DRAFT',
  'PRE_REVIEW',
  'PRE_FAILED',
  'PRE_PASSED',
  'WAITING',
  'CALLED',
  'AT_WINDOW',
  'VOIDED',
];

function diagram(isShown: (state: string) => boolean): string {
  const lines = TRANSITION_IDS.flatMap((id) => {
    const rule = TRANSITIONS[id];
    return rule.from.flatMap((from) =>
      rule.to
        .filter((to) => (from === null || isShown(from)) && isShown(to) && (from !== null || isShown('DRAFT')))
        .map((to) => `  ${from ?? '[*]'} --> ${to}: ${id} ${rule.event}`),
    );
  });
  const names = CASE_STATES.filter(isShown).map((state) => `  ${state}: ${STATE_NAMES[state]}`);
  return ['```mermaid', 'stateDiagram-v2', ...names, ...lines, '```'].join('\n');
}

function describeTransition(id: string, rule: Transition): string[] {
  const clock = [
    rule.starts ? `${rule.starts} ${PAUSE_RULES[rule.starts].name} begins` : '',
    rule.ends ? `${rule.ends} ends` : '',
  ];
  return [
    id,
    rule.from.map((state) => (state === null ? '–' : STATE_NAMES[state])).join('、'),
    rule.event,
    [rule.through, ...rule.to]
      .flatMap((state) => (state ? [STATE_NAMES[state]] : []))
      .join(rule.through ? ' → ' : ' / '),
    rule.who.map((actor) => ACTORS[actor]).join('、'),
    TIERS[rule.tier],
    (rule.guards ?? []).map((guard) => `\`${guard}\``).join(' '),
    clock.filter((each) => each !== '').join('; '),
    (rule.prints ?? []).join(' '),
  ];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), `|${'---|'.repeat(head.length)}`, ...rows.map(line)].join('\n');
}
