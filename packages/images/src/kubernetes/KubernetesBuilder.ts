import { InputError, isError, NotFoundError } from '@backstage/errors';
import { sleep, type KubeClient } from '@ml-platform/kube';
import { LRUCache } from 'lru-cache';
import { checkDockerfile, withContext } from '../context/withContext';
import type {
  ImageBuild,
  ImageBuilder,
  ImageBuildLog,
  ImageBuildRequest,
} from '../ImageBuilder';
import { CONTENT_LABEL } from '../imageLabels';
import { splitImageReference } from '../imageReference';
import { PublishedVersions } from '../PublishedVersions';
import type { RegistryClient } from '../registry/RegistryClient';
import { contentDigest } from '../versionRules';
import {
  buildJob,
  buildNames,
  BUILD_CONTENT,
  BUILD_ID,
  BUILD_IMAGE,
  jobNameOf,
} from './buildJob';
import { BuildJobs } from './BuildJobs';
import { endOf, type BuildJob } from './buildJobTypes';
import {
  contextParts,
  contextToken,
  GIT_CONTEXT,
  partNames,
} from './contextParts';
import { JobLog } from './JobLog';
import { JobSubmission } from './JobSubmission';
import { isActive, jobState } from './jobState';
import type { KubernetesBuilderSettings } from './kubernetesSettings';

export interface KubernetesBuilderOptions {
  readonly client: KubeClient;
  readonly settings: KubernetesBuilderSettings;
  /** Registry and path that images are pushed to. */
  readonly registry: string;
  readonly images: Pick<RegistryClient, 'image' | 'tags' | 'isPlainHttp'>;
  readonly timeoutSeconds: number;
  /** Milliseconds between two looks at what is waited for. */
  readonly pollMs?: number;
}

/** Milliseconds for a log's last lines to come after its build has ended. */
const LAST_LINES = 10_000;
/** Logs of builds that are kept in memory; others are read from the cluster again. */
const MOST_LOGS = 30;

/**
 * An {@link ImageBuilder} that runs each build as a Job of a cluster. All that it knows is
 * in the Job, so that any process can take a build up.
 */
export class KubernetesBuilder implements ImageBuilder {
  readonly #options: KubernetesBuilderOptions;
  readonly #jobs: BuildJobs;
  readonly #versions: PublishedVersions;
  readonly #submission: JobSubmission;
  readonly #logs = new LRUCache<string, JobLog>({
    max: MOST_LOGS,
    dispose: log => log.close(),
  });
  readonly #pollMs: number;

  constructor(options: KubernetesBuilderOptions) {
    this.#options = options;
    this.#pollMs = options.pollMs ?? 1_000;
    this.#jobs = new BuildJobs({
      client: options.client,
      namespace: options.settings.namespace,
      pollMs: this.#pollMs,
    });
    this.#versions = new PublishedVersions(options.images);
    this.#submission = new JobSubmission({
      jobs: this.#jobs,
      versions: this.#versions,
    });
  }

  async start(request: ImageBuildRequest): Promise<ImageBuild> {
    const { image, version, dockerfile, contextFile, signal } = request;
    if (request.push === false || request.platform) {
      throw new InputError(
        'A builder in a cluster pushes each image, for the platform of its nodes; choose a builder on this machine for anything else',
      );
    }
    const ref = `${this.#options.registry}/${image}:${version}`;
    const packed = await withContext(contextFile, async context => {
      await checkDockerfile(context.folder, dockerfile);
      return context.digest;
    });
    const content = contentDigest(packed, dockerfile);
    const { id, job: name } = buildNames(ref, content);
    const base = { id, image: ref, reused: false };

    const there = await this.#jobs.find(name, { signal });
    if (there && isActive(there)) {
      if (there.metadata.annotations?.[BUILD_ID] !== id) {
        return this.#submission.refuse(there, { signal });
      }
      return { ...base, state: 'running' };
    }
    const published = await this.#versions.find(ref, content, { signal });
    if (published) {
      const { digest, size } = published;
      return { ...base, state: 'succeeded', reused: true, digest, size };
    }
    const state = await this.#submit(request, { id, name, ref, content });
    return { ...base, state };
  }

  async get(
    id: string,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<ImageBuild> {
    const job = await this.#job(id, signal);
    const { annotations = {}, name, creationTimestamp } = job.metadata;
    const image = annotations[BUILD_IMAGE] ?? '';
    const end = job.status?.completionTime;
    const build = {
      id,
      image,
      reused: false,
      startedAt: job.status?.startTime ?? creationTimestamp,
      ...(end ? { endedAt: end } : {}),
    };
    const state = jobState(job, await this.#jobs.pods(name, { signal }));
    if (state.state !== 'ended') {
      return { ...build, ...state };
    }
    try {
      const content = annotations[BUILD_CONTENT] ?? '';
      const found = await this.#versions.find(image, content, { signal });
      return found
        ? {
            ...build,
            state: 'succeeded',
            digest: found.digest,
            size: found.size,
          }
        : {
            ...build,
            state: 'failed',
            error: `The build has ended, but ${image} isn't in the registry; was it removed there?`,
          };
    } catch (error) {
      if (!isError(error) || error.name !== 'ConflictError') throw error;
      return { ...build, state: 'failed', error: error.message };
    }
  }

  async log(
    id: string,
    offset: number,
    { signal }: { signal?: AbortSignal } = {},
  ): Promise<ImageBuildLog> {
    const job = await this.#job(id, signal);
    const log = this.#open(job);
    if (endOf(job)) {
      // What is read after the end has to be all of it.
      await Promise.race([log.whole, sleep(LAST_LINES, signal)]);
    }
    return log.read(offset);
  }

  async cancel(id: string): Promise<void> {
    const job = await this.#job(id);
    if (!endOf(job) && !(await this.#jobs.cancel(job))) {
      // It began, or ended, or was taken up by somebody else.
      await this.cancel(id);
    }
  }

  /** Follows no log any more, and closes the connections; builds go on. */
  close(): void {
    this.#logs.clear();
    this.#options.client.close();
  }

  async #submit(
    request: ImageBuildRequest,
    names: {
      readonly id: string;
      readonly name: string;
      readonly ref: string;
      readonly content: string;
    },
  ): Promise<'queued' | 'running'> {
    const { settings, images, timeoutSeconds } = this.#options;
    const { source, dockerfile, contextFile, labels, signal } = request;
    const { name, ref, content } = names;
    const fetched = settings.git && source;
    const parts = fetched ? [] : await contextParts(contextFile);
    const token = fetched ? GIT_CONTEXT : contextToken(parts);
    signal?.throwIfAborted();
    const job = buildJob(
      {
        ...names,
        dockerfile,
        labels: { ...labels, [CONTENT_LABEL]: content },
        context: fetched
          ? { source: fetched }
          : { parts: partNames(name, token, parts.length) },
        contextToken: token,
        timeoutSeconds,
        plainHttp: images.isPlainHttp(splitImageReference(ref)?.registry ?? ''),
      },
      settings,
    );
    return this.#submission.submit(job, parts, { signal });
  }

  /** @throws {NotFoundError} when there is no such build, or no longer */
  async #job(id: string, signal?: AbortSignal): Promise<BuildJob> {
    const name = jobNameOf(id);
    const job = name && (await this.#jobs.find(name, { signal }));
    if (!job || job.metadata.annotations?.[BUILD_ID] !== id) {
      throw new NotFoundError(`Build ${id} doesn't exist`);
    }
    return job;
  }

  /** A build that is started again has another Job, and so another log. */
  #open({ metadata: { name, uid = '' } }: BuildJob): JobLog {
    const known = this.#logs.get(uid);
    if (known) return known;
    const { client, settings } = this.#options;
    const log = new JobLog({
      client,
      namespace: settings.namespace,
      pods: () => this.#jobs.pods(name),
      ended: async () => {
        const job = await this.#jobs.find(name);
        return job?.metadata.uid !== uid || endOf(job) !== undefined;
      },
      pollMs: this.#pollMs,
    });
    this.#logs.set(uid, log);
    return log;
  }
}
