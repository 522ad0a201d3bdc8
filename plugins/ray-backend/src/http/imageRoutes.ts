import type { AuditorService } from '@backstage/backend-plugin-api';
import {
  rayRoutes,
  type BuildQuery,
} from '@ml-platform/backstage-plugin-ray-common';
import {
  REQUESTER_LABEL,
  REVISION_LABEL,
  SOURCE_LABEL,
  TITLE_LABEL,
  VERSION_LABEL,
} from '@ml-platform/images';
import { sleep } from '@ml-platform/kube';
import type { ImageBuilds } from '../images/ImageBuilds';
import { audited } from '../permissions/audited';
import { requesterOf } from '../permissions/requesterOf';
import type { ApiRouter } from './ApiRouter';
import { receiveUpload } from './receiveUpload';
import { StreamResponse, STREAM_HEADERS } from './sse';

export interface ImageRoutesOptions {
  readonly auditor: AuditorService;
  readonly builds: ImageBuilds;
  /** Bytes of a build context. */
  readonly mostContextBytes: number;
}

/** Milliseconds between two looks at a log that is followed. */
const LOOK = 500;

function labelsOf(
  { image, version, revision, source }: BuildQuery,
  requester: string,
): Readonly<Record<string, string>> {
  return {
    [TITLE_LABEL]: image,
    [VERSION_LABEL]: version,
    [REQUESTER_LABEL]: requester,
    ...(revision ? { [REVISION_LABEL]: revision } : {}),
    ...(source ? { [SOURCE_LABEL]: source } : {}),
  };
}

/** Building images, and their versions. */
export function addImageRoutes(
  api: ApiRouter,
  { auditor, builds, mostContextBytes }: ImageRoutesOptions,
): void {
  api.answer(rayRoutes.startBuild, async ({ request, caller, query }) => {
    const { image, version, dockerfile } = query;
    const requester = requesterOf(caller);
    return receiveUpload(request, mostContextBytes, contextFile =>
      audited({
        auditor,
        request,
        eventId: 'image-build',
        meta: { image, version },
        change: () =>
          builds.start(
            {
              image,
              version,
              dockerfile,
              contextFile,
              labels: labelsOf(query, requester),
            },
            requester,
          ),
      }),
    );
  });

  api.answer(rayRoutes.getBuild, ({ params }) => builds.get(params.id));

  api.answer(rayRoutes.cancelBuild, ({ request, caller, params }) =>
    audited({
      auditor,
      request,
      eventId: 'image-build-cancel',
      meta: { id: params.id },
      change: () => builds.cancel(params.id, requesterOf(caller)),
    }),
  );

  api.answer(rayRoutes.listImageVersions, ({ request, params }) => {
    const gone = new AbortController();
    request.res?.on('close', () => gone.abort());
    return builds.versions(params.name, { signal: gone.signal });
  });

  api.stream(rayRoutes.readBuildLog, async ({ params, query }, response) => {
    const { id } = params;
    const first = await builds.log(id, query.offset);
    if (query.follow === 'false') {
      response
        .status(200)
        .set({ ...STREAM_HEADERS, 'x-log-offset': String(first.nextOffset) })
        .type('text/plain')
        .send(Buffer.from(first.bytes));
      return;
    }
    const stream = new StreamResponse(response, {
      contentType: 'text/plain; charset=utf-8',
    });
    const { signal } = stream;
    let piece = first;
    while (!signal.aborted) {
      await stream.write(piece.bytes);
      const { state } = await builds.get(id, { signal });
      const over = state === 'succeeded' || state === 'failed';
      piece = await builds.log(id, piece.nextOffset, { signal });
      if (over && piece.bytes.length === 0) {
        stream.end();
        return;
      }
      await sleep(over ? 0 : LOOK, signal);
    }
  });
}
