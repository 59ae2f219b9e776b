import type { TerminalConfig, TerminalRole } from '../../contract/config.ts';
import type { EventTopic, MethodName } from '../../contract/rpc.ts';
import { TV_CONNECTION } from './screen.ts';

/** All that the page in front of a citizen asks; anybody who comes to the window touches it. */
const ITS_METHODS: readonly MethodName[] = ['session.hello', 'events.subscribe', 'citizen.state', 'rating.submit'];
const ITS_TOPICS: readonly EventTopic[] = ['queue'];
/** A calling screen belongs to a floor: it stands before no window, and nobody rates on it. */
const BEFORE_WINDOW_ONLY: readonly MethodName[] = ['citizen.state', 'rating.submit'];

/** The second page of a window, turned to the citizen (`screen.shows`). A TV served by the same machine is none. */
export function standsBeforeCitizen({ screen }: TerminalConfig, role: TerminalRole, connection: string): boolean {
  return role === 'screen' && screen.shows === 'citizen' && !connection.startsWith(TV_CONNECTION);
}

/** Whether a page of role `screen` may call it: the citizen's only what it needs, a wall nothing of a window. */
export function mayScreenCall(isCitizen: boolean, method: MethodName): boolean {
  return isCitizen ? ITS_METHODS.includes(method) : !BEFORE_WINDOW_ONLY.includes(method);
}

/** What the citizen's page hears of: no case, no card and no device. */
export function topicsForCitizen(topics: readonly EventTopic[]): EventTopic[] {
  return topics.filter((topic) => ITS_TOPICS.includes(topic));
}
