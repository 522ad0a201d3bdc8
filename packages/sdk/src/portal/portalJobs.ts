import { ConflictError, NotFoundError } from '@backstage/errors';
import type { JobFilter, JobSummary } from '@ml-platform/rayjob';
import type { CallOptions, WatchOptions } from '../platform/Platform';
import type {
  ClusterAnswer,
  JobList,
  JobListChange,
} from '../platform/jobViews';
import type { components } from './openapi';
import { answerOf, type PortalApi } from './portalApi';
import { resumedEvents } from './resumedEvents';

type Page = components['schemas']['JobList'];

/** The most rows of one answer. */
const PAGE = 1_000;

/** The client's types want lists of its own. */
function queryOf(filter: JobFilter) {
  const { cluster, namespace, state, workload, owner, q, since, until } =
    filter;
  const own = <Value>(values: readonly Value[] = []) => [...values];
  return {
    cluster: own(cluster),
    namespace: own(namespace),
    state: own(state),
    workload: own(workload),
    owner: own(owner),
    q,
    since,
    until,
    limit: PAGE,
  };
}

/** A page with all that follow it. */
async function withRest(
  api: PortalApi,
  filter: JobFilter,
  first: Page,
  { signal }: CallOptions,
): Promise<JobList> {
  const items = [...first.items];
  let { nextCursor: cursor, clusters } = first;
  while (cursor !== undefined) {
    const query = { ...queryOf(filter), cursor };
    const page: Page = await answerOf(
      api.GET('/jobs', { params: { query }, signal }),
    );
    items.push(...page.items);
    ({ nextCursor: cursor, clusters } = page);
  }
  return { items, clusters };
}

/** Jobs that pass the filter, newest first, however many pages they take. */
export async function listPortalJobs(
  api: PortalApi,
  filter: JobFilter,
  options: CallOptions = {},
): Promise<JobList> {
  const query = queryOf(filter);
  const { signal } = options;
  const first = await answerOf(api.GET('/jobs', { params: { query }, signal }));
  return withRest(api, filter, first, options);
}

/** The list, and then its changes. While the portal is away, its clusters are not ok. */
export async function* watchPortalJobs(
  api: PortalApi,
  filter: JobFilter,
  { signal, name: only }: WatchOptions,
): AsyncGenerator<JobListChange, void> {
  // The portal has no filter for a name; it searches its rows quickly.
  const wanted = only === undefined ? filter : { ...filter, q: only };
  let clusters: readonly ClusterAnswer[] = [];
  const changes = resumedEvents<JobListChange>({
    signal,
    open: (lastId, connection) =>
      answerOf(
        api.GET('/jobs/stream', {
          params: {
            query: queryOf(wanted),
            header: lastId ? { 'last-event-id': lastId } : undefined,
          },
          headers: { accept: 'text/event-stream' },
          parseAs: 'stream',
          signal: connection,
        }),
      ),
    async read({ event, data }) {
      const value = JSON.parse(data);
      switch (event) {
        case 'snapshot': {
          const list = await withRest(api, wanted, value, { signal });
          return { type: 'snapshot', list };
        }
        case 'upsert':
          return { type: 'upsert', job: value };
        case 'remove':
          return { type: 'remove', job: value };
        case 'clusters':
          return { type: 'clusters', clusters: value };
        default:
          // A later portal may tell of more.
          return undefined;
      }
    },
  });
  for await (const change of changes) {
    if (change.type === 'interrupted') {
      const { message } = change.error;
      yield {
        type: 'clusters',
        clusters: clusters.map(({ name }) => ({
          name,
          ok: false,
          error: message,
        })),
      };
      continue;
    }
    const { event } = change;
    if (event.type === 'snapshot') {
      clusters = event.list.clusters;
    } else if (event.type === 'clusters') {
      clusters = event.clusters;
    }
    yield event;
  }
}

/**
 * The job with a name, in one namespace or wherever it is.
 * @throws {NotFoundError} when there is none
 * @throws {ConflictError} when several places have one
 */
export async function findPortalJob(
  api: PortalApi,
  { name, namespace }: { readonly name: string; readonly namespace?: string },
  options: CallOptions = {},
): Promise<JobSummary> {
  const filter = { q: name, namespace: namespace ? [namespace] : undefined };
  const { items, clusters } = await listPortalJobs(api, filter, options);
  const found = items.filter(job => job.name === name);
  const [job] = found;
  if (!job) {
    const away = clusters.filter(({ ok }) => !ok).map(each => each.name);
    const place = namespace ? ` in ${namespace}` : '';
    throw new NotFoundError(
      away.length > 0
        ? `There is no job ${name}${place} that is known; ${away.join(', ')} can't be asked now`
        : `There is no job ${name}${place}`,
    );
  }
  if (found.length > 1) {
    const places = found.map(each => `${each.cluster}/${each.namespace}`);
    throw new ConflictError(
      `There are ${found.length} jobs ${name}: in ${places.sort().join(', ')}; say which`,
    );
  }
  return job;
}
