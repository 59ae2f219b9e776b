import { z } from 'zod';
import { type PushRequest, pushRequest } from '../../contract/sync.ts';
import { parseRequest } from './refusal.ts';

/** As generated code, which checks and copies nothing. */
const compiled = z.compile(pushRequest);

/**
 * A push as it came from JSON. What fits is taken as it is; all else is for the schema itself to say.
 * @throws Refusal `bad-request` naming the first field that does not fit
 */
export function parsePush(body: unknown): PushRequest {
  if (!z.validate(compiled, body) || !isPlain(body)) return parseRequest(pushRequest, body);
  return body;
}

/** The schema leaves a member of this name out of what it hands on, so that no replica ever holds it. */
function isPlain({ ops }: PushRequest): boolean {
  return ops.every(({ body }) => !Object.hasOwn(body, '__proto__'));
}
