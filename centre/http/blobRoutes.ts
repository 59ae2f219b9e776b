import { Server } from '@tus/server';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { BlobStore } from '../../blob/store.ts';
import { BLOB_PATH, MAX_IMAGE_BYTES } from '../../contract/blobs.ts';
import { LACKING_PATH, type LackingAnswer, lackingRequest } from '../../contract/lackingImages.ts';
import { isFullDisk } from '../../disk/fullDisk.ts';
import { UploadLocks } from '../blobs/uploadLocks.ts';
import type { BlobUploads } from '../blobs/uploads.ts';
import type { CentreStore, EnrolledDevice } from '../store/types.ts';
import { parseRequest, Refusal } from './refusal.ts';

/** In the form the library answers with; terminals read the status alone. */
const NO_ROOM = { status_code: 507, body: 'there is no room for it now\n' };
const FAILED = { status_code: 500, body: 'it could not be stored\n' };

interface BlobRouteContext {
  store: CentreStore;
  images: BlobStore;
  uploads: BlobUploads;
  onRequest: (request: FastifyRequest) => Promise<void>;
  deviceOf: (request: FastifyRequest) => EnrolledDevice;
  /** An image found no room on the disk. */
  onFullDisk: () => void;
}

/** Images of scanned pages: in by tus 1.0, out by ranges. Both only for images that a page of the device's hall names. */
export function addBlobRoutes(
  app: FastifyInstance,
  { store, images, uploads, onRequest, deviceOf, onFullDisk }: BlobRouteContext,
): void {
  const tus = new Server({
    path: BLOB_PATH,
    datastore: uploads,
    locker: new UploadLocks(),
    maxSize: MAX_IMAGE_BYTES,
    relativeLocation: true,
    namingFunction: (_request, metadata) => metadata?.sha256 ?? '',
    onResponseError: (_request, error) => {
      if ('status_code' in error) return undefined;
      // Name and code only: the message, which the library would pass on, names folders.
      app.log.error({ error: error.name, errorCode: (error as NodeJS.ErrnoException).code }, 'image not stored');
      if (!isFullDisk(error)) return FAILED;
      onFullDisk();
      return NO_ROOM;
    },
  });

  /** The record comes first (design.md §5): an image nobody has named yet may come again when it has been. */
  const assertNamed = (request: FastifyRequest, sha256: string | undefined): string => {
    const isNamed =
      sha256 !== undefined && /^[0-9a-f]{64}$/.test(sha256) && store.isImageOf(deviceOf(request).hall, sha256);
    if (!isNamed) throw new Refusal('bad-request', { status: 404, where: 'sha256' });
    return sha256;
  };
  const handOver = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.hijack();
    await tus.handle(request.raw, reply.raw);
  };

  app.post(LACKING_PATH, { onRequest }, async (request): Promise<LackingAnswer> => {
    const { sha256 } = parseRequest(lackingRequest, request.body);
    const { hall } = deviceOf(request);
    const lacking: string[] = [];
    for (const each of sha256)
      if (store.isImageOf(hall, each) && (await images.size(each)) === null) lacking.push(each);
    return { lacking };
  });

  app.register(async (scope) => {
    // The library reads the body itself.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));

    scope.post(BLOB_PATH, { onRequest }, async (request, reply) => {
      assertNamed(request, readSha256(request.headers['upload-metadata']));
      await handOver(request, reply);
    });
    for (const method of ['HEAD', 'PATCH'] as const) {
      scope.route<{ Params: { sha256: string } }>({
        method,
        url: `${BLOB_PATH}/:sha256`,
        onRequest,
        handler: async (request, reply) => {
          assertNamed(request, request.params.sha256);
          await handOver(request, reply);
        },
      });
    }

    scope.get<{ Params: { sha256: string } }>(
      `${BLOB_PATH}/:sha256`,
      { onRequest, exposeHeadRoute: false },
      async (request, reply) => {
        const sha256 = assertNamed(request, request.params.sha256);
        const size = await images.size(sha256);
        if (size === null) throw new Refusal('bad-request', { status: 404, where: 'sha256' });
        const range = readRange(request.headers.range, size);
        if (range === null) return reply.code(416).header('content-range', `bytes */${size}`).send();
        const { from, to } = range;
        if (from > 0 || to < size) reply.code(206).header('content-range', `bytes ${from}-${to - 1}/${size}`);
        reply.header('accept-ranges', 'bytes').header('etag', `"${sha256}"`).type('application/octet-stream');
        return reply.send(await images.read(sha256, from, to - from));
      },
    );
  });
}

/** @param metadata of tus: names and base64 values */
function readSha256(metadata: string | string[] | undefined): string | undefined {
  const pair = String(metadata ?? '')
    .split(',')
    .map((each) => each.trim().split(' '))
    .find(([name]) => name === 'sha256');
  return pair?.[1] === undefined ? undefined : Buffer.from(pair[1], 'base64').toString('latin1');
}

/** One range, as a download that goes on asks for it. @returns null when it lies outside; the whole when none is asked */
function readRange(header: string | undefined, size: number): { from: number; to: number } | null {
  const [, from, last] = /^bytes=(\d+)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined) return { from: 0, to: size };
  const to = last ? Math.min(Number(last) + 1, size) : size;
  return Number(from) < to ? { from: Number(from), to } : null;
}
