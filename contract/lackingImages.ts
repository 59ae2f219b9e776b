import { z } from 'zod';
import { BLOB_PATH } from './blobs.ts';

/** `POST`: which of these images, named by pages of the terminal's hall, the centre does not have whole. */
export const LACKING_PATH = `${BLOB_PATH}/lacking`;
export const LACKING_MAX = 500;

const hashes = z.array(z.string().regex(/^[0-9a-f]{64}$/)).max(LACKING_MAX);

export const lackingRequest = z.strictObject({ sha256: hashes });
export const lackingAnswer = z.strictObject({ lacking: hashes });

export type LackingAnswer = z.infer<typeof lackingAnswer>;
