import { type Candidate, candidatesFor, missedPickups, type QueueMode } from './candidates.ts';
import type { PlannedWindow } from './hallTypes.ts';
import { advance, pick, type Rows, rowsAfter, ruleOf } from './lanes.ts';
import type { CallPurpose, Compared, TicketClass, Why } from './ticketTypes.ts';
import type { HallView } from './view.ts';
import { callsAt } from './viewIndex.ts';

/** Who is called next at a window (domain.md §6.3, 6.5), and why. */

const MOST_COMPARED = 5;

export interface Next {
  ticketId: string;
  number: string;
  class: TicketClass;
  purpose: CallPurpose;
  why: Why;
}

/** @param purpose only those who collect, or only those who come for the first time; absent: whose turn it is */
export function nextAt(view: HallView, window: PlannedWindow, mode: QueueMode, purpose?: CallPurpose): Next | null {
  const rows = rowsAt(view, window.terminal);
  const all = candidatesFor(view, window, mode);
  let fitting = purpose ? all.filter((each) => each.purpose === purpose) : all;
  if (purpose === 'pickup' && fitting.length === 0) fitting = missedPickups(view, window, mode);
  const chosen = pick(fitting, rows, view.plan.policy);
  return chosen && nextOf(view, chosen, fitting, rows, mode);
}

/** Whose turn it would be one after the other, if nobody came and nobody left. @param count at most so many */
export function previewAt(view: HallView, window: PlannedWindow, mode: QueueMode, count: number): Next[] {
  const found: Next[] = [];
  let rows = rowsAt(view, window.terminal);
  let rest = candidatesFor(view, window, mode);
  while (found.length < count) {
    const chosen = pick(rest, rows, view.plan.policy);
    if (chosen === null) break;
    found.push(nextOf(view, chosen, rest, rows, mode));
    rows = advance(rows, chosen.rule);
    rest = rest.filter(({ ticket }) => ticket !== chosen.ticket);
  }
  return found;
}

/** Why a ticket that was chosen by hand was called, and who stood before it. */
export function whyChosen(view: HallView, window: PlannedWindow, mode: QueueMode, chosen: Candidate): Why {
  const others = candidatesFor(view, window, mode).filter(({ ticket }) => ticket.id !== chosen.ticket.id);
  return { ...whyOf(view, chosen, others, rowsAt(view, window.terminal)), rule: 'chosen' };
}

function rowsAt(view: HallView, terminal: string): Rows {
  return rowsAfter(callsAt(view, terminal));
}

function nextOf(view: HallView, chosen: Candidate, all: readonly Candidate[], rows: Rows, mode: QueueMode): Next {
  const others = all.filter((each) => each !== chosen);
  const told = ruleOf(chosen, others, rows, view.plan.policy);
  const rule = mode === 'emergency' ? 'emergency' : told;
  const { id, number } = chosen.ticket;
  return {
    ticketId: id,
    number,
    class: chosen.ticket.class,
    purpose: chosen.purpose,
    why: { ...whyOf(view, chosen, others, rows), rule, lane: chosen.rule },
  };
}

function whyOf(view: HallView, chosen: Candidate, others: readonly Candidate[], rows: Rows): Why {
  return {
    rule: chosen.rule,
    waitedMs: Math.max(0, chosen.waitedMs),
    compared: bestOf(others).map(comparedOf),
    eligible: others.length + 1,
    prioritiesInRow: rows.priorities,
    pickupsInRow: rows.pickups,
    returnsInRow: rows.returns,
    plan: view.planVersion,
  };
}

/** In their order: the first of each rule, so that none that stood back is left unsaid, then whoever comes first. */
function bestOf(others: readonly Candidate[]): Candidate[] {
  const firsts = others.filter((each, index) => others.findIndex(({ rule }) => rule === each.rule) === index);
  const rest = others.filter((each) => !firsts.includes(each));
  const kept = new Set([...firsts, ...rest].slice(0, MOST_COMPARED));
  return others.filter((each) => kept.has(each));
}

function comparedOf({ ticket, waitedMs, rule, queue }: Candidate): Compared {
  return { number: ticket.number, class: ticket.class, waitedMs: Math.max(0, waitedMs), rule, queue };
}
