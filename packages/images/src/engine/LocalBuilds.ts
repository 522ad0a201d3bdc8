import { LRUCache } from 'lru-cache';
import type { ImageBuild } from '../ImageBuilder';
import type { BuildLog } from './BuildLog';

/** Builds that have ended, and bytes of their logs, that are kept in memory. */
const MOST_ENDED = 200;
const MOST_BYTES = 32 * 1024 ** 2;

/** A build of this process. */
export interface LocalBuild {
  state: ImageBuild;
  /** Digest of what it is built from. */
  readonly content: string;
  readonly log: BuildLog;
  readonly over: AbortController;
  /** Settles once it is clear whether there is anything to build. */
  started: Promise<void>;
  /** Resolves once it has ended; does not reject. */
  ended: Promise<void>;
}

/** The builds of this process: all that run, one of each image, and the last that ended. */
export class LocalBuilds {
  readonly #running = new Map<string, LocalBuild>();
  readonly #ended = new LRUCache<string, LocalBuild>({
    max: MOST_ENDED,
    maxSize: MOST_BYTES,
    // A size has to be more than nothing.
    sizeCalculation: ({ log }) => log.held + 1,
  });

  /** The build of a reference that runs. */
  running(ref: string): LocalBuild | undefined {
    return this.#running.get(ref);
  }

  get(id: string): LocalBuild | undefined {
    const running = [...this.#running.values()];
    return running.find(({ state }) => state.id === id) ?? this.#ended.get(id);
  }

  /** Takes a build that runs from now on. */
  add(build: LocalBuild): void {
    this.#running.set(build.state.image, build);
  }

  /** Keeps a build, with how it ended, for whoever asks for it. */
  end(build: LocalBuild, changes: Partial<ImageBuild>): void {
    build.state = { ...build.state, ...changes };
    this.drop(build);
    this.#ended.set(build.state.id, build);
  }

  /** Forgets a build that came to nothing. */
  drop(build: LocalBuild): void {
    this.#running.delete(build.state.image);
  }
}
