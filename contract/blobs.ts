/** Images of scanned pages between terminal and centre: tus 1.0 in, byte ranges out. No zod: only names and limits. */

/** An upload is `BLOB_PATH/<sha256>`, the hash of its content in hex; announced with `Upload-Metadata: sha256 <base64>`. */
export const BLOB_PATH = '/blobs/v1';

/** Above the largest attachment (contract/rpc/scans.ts). */
export const MAX_IMAGE_BYTES = 64 * 1024 * 1024;
