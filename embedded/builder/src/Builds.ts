import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { NotFoundError } from '@backstage/errors';
import {
  buildId,
  CANCELLED_BUILD,
  contentDigest,
  nextVersion,
  otherContent,
  unpackContext,
} from '@ml-platform/images';
import type { Logger } from '@ml-platform/kube';
import { Build, isUnfinished } from './Build';
import { BuildFolder, BuildRecord, LogPiece } from './BuildFolder';
import { lastDigest, versionsOf } from './knownVersions';
import { BuildQueue } from './BuildQueue';
import type { ImageBuilder } from './ImageBuilder';
import { runBuild } from './runBuild';

/** What a client asks for. */
export interface BuildRequest {
  readonly image: string;
  readonly version: string;
  readonly dockerfile: string;
  /** Labels of the image. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Tar or gzip of a tar. */
  readonly body: Readable;
}

const CONCURRENCY = 2;

/**
 * The builds of this machine. They continue without their client, and those that
 * a restart interrupted begin again by themselves.
 */
export class Builds {
  readonly #dir: string;
  readonly #registry: string;
  readonly #builder: ImageBuilder;
  readonly #logger: Logger;
  readonly #now: () => Date;
  readonly #queue = new BuildQueue(CONCURRENCY);
  readonly #records = new Map<string, BuildRecord>();
  readonly #closed = new AbortController();
  readonly #cancels = new Map<string, AbortController>();
  #deciding: Promise<unknown> = Promise.resolve();

  private constructor(options: {
    readonly dir: string;
    readonly registry: string;
    readonly builder: ImageBuilder;
    readonly logger: Logger;
    readonly now: () => Date;
  }) {
    this.#dir = options.dir;
    this.#registry = options.registry;
    this.#builder = options.builder;
    this.#logger = options.logger;
    this.#now = options.now;
  }

  /** Reads the builds of earlier runs, and begins those again that were interrupted. */
  static async open(options: {
    readonly dir: string;
    /** First part of each image's reference. */
    readonly registry: string;
    readonly builder: ImageBuilder;
    readonly logger: Logger;
    readonly now?: () => Date;
  }): Promise<Builds> {
    const builds = new Builds({ now: () => new Date(), ...options });
    await builds.#load();
    return builds;
  }

  /**
   * Starts a build, or finds the one of the same content.
   * @throws {ConflictError} when the version exists, or is being built, with other
   * content
   * @throws {InputError} when the context can't be read
   */
  async submit(request: BuildRequest): Promise<Build> {
    const received = await mkdtemp(join(this.#dir, '.received-'));
    try {
      const { digest, files, bytes } = await unpackContext(
        request.body,
        received,
      );
      // One after the other, so that two of one version cannot both be first.
      const decision = this.#deciding.then(() =>
        this.#decide(
          request,
          digest,
          received,
          `${files} files, ${bytes} bytes`,
        ),
      );
      this.#deciding = decision.catch(() => undefined);
      return await decision;
    } finally {
      await rm(received, { recursive: true, force: true });
    }
  }

  /** @throws {NotFoundError} when there is no such build */
  get(id: string): Build {
    return this.#record(id).build;
  }

  /**
   * The log from this byte on.
   * @throws {NotFoundError} when there is no such build
   */
  async log(id: string, offset: number): Promise<LogPiece> {
    this.#record(id);
    return this.#folder(id).readLog(offset);
  }

  /**
   * Ends a build for good; nothing happens to one that has ended.
   * @throws {NotFoundError} when there is no such build
   */
  async cancel(id: string): Promise<void> {
    if (isUnfinished(this.#record(id).build)) {
      this.#cancels.get(id)?.abort();
      await this.#endCancelled(id);
    }
  }

  /** Stops what runs; it begins again with the next {@link open}. */
  async close(): Promise<void> {
    this.#closed.abort();
    await this.#queue.close();
  }

  #record(id: string): BuildRecord {
    const record = this.#records.get(id);
    if (!record) throw new NotFoundError(`Build ${id} doesn't exist`);
    return record;
  }

  #folder(id: string): BuildFolder {
    return new BuildFolder(join(this.#dir, id));
  }

  async #load(): Promise<void> {
    await mkdir(this.#dir, { recursive: true });
    for (const name of await readdir(this.#dir)) {
      if (name.startsWith('.received-')) {
        await rm(join(this.#dir, name), { recursive: true, force: true });
        continue;
      }
      const folder = this.#folder(name);
      const record = await folder.read();
      if (!record) continue;
      this.#records.set(name, record);
      if (isUnfinished(record.build)) {
        folder.appendLog(
          '\nThe builder was restarted: the build begins again.\n',
        );
        this.#enqueue(name);
      }
    }
  }

  async #decide(
    { image, version, dockerfile, labels }: BuildRequest,
    digest: string,
    received: string,
    size: string,
  ): Promise<Build> {
    const ref = `${this.#registry}/${image}:${version}`;
    const id = buildId(ref, dockerfile, digest);
    const records = [...this.#records.values()];
    const free = () => nextVersion(version, versionsOf(records, ref));
    const same = this.#records.get(id)?.build;
    if (same && isUnfinished(same)) return same;
    for (const { build } of records) {
      if (build.image === ref && build.id !== id && isUnfinished(build))
        throw otherContent(ref, build.digest, 'building', free());
    }
    const content = contentDigest(digest, dockerfile);
    const published = await this.#builder.publishedDigest(
      ref,
      lastDigest(records, ref),
    );
    if (published && published !== content)
      throw otherContent(ref, published, 'published', free());

    const time = this.#now().toISOString();
    const build: Build = {
      id,
      state: published ? 'succeeded' : 'queued',
      image: ref,
      version,
      digest: content,
      reused: Boolean(published),
      startedAt: published ? (same?.startedAt ?? time) : time,
      ...(published ? { endedAt: same?.endedAt ?? time } : {}),
    };
    const folder = this.#folder(id);
    if (!published) await folder.takeContext(received);
    await this.#keep({ build, dockerfile, labels });
    if (published) {
      if (!same)
        folder.appendLog(`${ref} is there: the content is the same.\n`);
      return build;
    }
    folder.appendLog(`Build ${id} of ${ref}\nContext: ${size}, ${digest}\n`);
    this.#enqueue(id);
    return build;
  }

  async #keep(record: BuildRecord): Promise<void> {
    await this.#folder(record.build.id).write(record);
    this.#records.set(record.build.id, record);
  }

  async #endCancelled(id: string): Promise<void> {
    const record = this.#record(id);
    const error = CANCELLED_BUILD;
    const endedAt = this.#now().toISOString();
    this.#folder(id).appendLog(`\n${error}\n`);
    await this.#keep({
      ...record,
      build: { ...record.build, state: 'failed', error, endedAt },
    });
  }

  #enqueue(id: string) {
    const over = new AbortController();
    this.#cancels.set(id, over);
    this.#queue.add(async () => {
      if (!over.signal.aborted) {
        await runBuild({
          record: this.#record(id),
          folder: this.#folder(id),
          builder: this.#builder,
          keep: record => this.#keep(record),
          now: this.#now,
          logger: this.#logger,
          signal: AbortSignal.any([this.#closed.signal, over.signal]),
        });
      }
      this.#cancels.delete(id);
    });
  }
}
