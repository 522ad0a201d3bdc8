import { createHash } from 'node:crypto';
import { blobSha } from '../write/fileChange';

/** A pull request as the fake keeps it. */
export interface FakePull {
  readonly number: number;
  readonly head: string;
  /** Commit of its branch before that was deleted. */
  lastHead?: string;
  readonly base: string;
  readonly title: string;
  readonly body: string;
  /** The repository that its branch is in. */
  readonly from: string;
  state: 'open' | 'closed';
  mergedAt: string | null;
  readonly labels: string[];
  readonly reviewers: string[];
  readonly teams: string[];
  autoMerge?: string;
  /** GitHub's word for whether it can be merged. */
  mergeableState: string;
  readonly reviews: { login: string; state: string }[];
}

/** A check run as the fake keeps it. */
export interface FakeCheck {
  readonly name: string;
  readonly status: string;
  readonly conclusion: string | null;
}

/** An entry of a folder, as GitHub lists it. */
export interface FakeEntry {
  readonly path: string;
  readonly type: 'blob' | 'tree';
  readonly sha: string;
}

export const FULL_NAME = 'ml-platform/ml-platform';

type Files = ReadonlyMap<string, string>;

const hash = (value: unknown) =>
  createHash('sha1').update(JSON.stringify(value)).digest('hex');

/** Content of a repository: commits point at flat maps of path to text. */
export class FakeRepository {
  readonly trees = new Map<string, Files>();
  readonly folders = new Map<string, readonly FakeEntry[]>();
  readonly blobs = new Map<string, string>();
  readonly commits = new Map<
    string,
    { tree: string; parents: string[]; date: string }
  >();
  /** When commits are made, ISO 8601. */
  now = '2026-11-23T21:00:00Z';
  readonly refs = new Map<string, string>();
  readonly pulls: FakePull[] = [];
  /** Check runs by commit. */
  readonly checks = new Map<string, FakeCheck[]>();
  /** States of commits by commit: name of a check to its state. */
  readonly statuses = new Map<string, Record<string, string>>();

  constructor(files: Readonly<Record<string, string>>) {
    this.commit('main', new Map(Object.entries(files)));
  }

  addTree(files: Files): string {
    const sha = this.#addFolder([...files]);
    this.trees.set(sha, files);
    return sha;
  }

  addCommit(tree: string, parents: string[]): string {
    const sha = hash({ tree, parents, at: this.commits.size });
    this.commits.set(sha, { tree, parents, date: this.now });
    return sha;
  }

  /** Files at a branch or commit. */
  files(ref: string): Files | undefined {
    const commit = this.commits.get(this.refs.get(`heads/${ref}`) ?? ref);
    return commit && this.trees.get(commit.tree);
  }

  /** Makes a branch hold these files. */
  commit(branch: string, files: Files): void {
    const parent = this.refs.get(`heads/${branch}`);
    this.refs.set(
      `heads/${branch}`,
      this.addCommit(this.addTree(files), parent ? [parent] : []),
    );
  }

  /** Changes files of a branch; `undefined` removes one. */
  change(
    branch: string,
    changes: Readonly<Record<string, string | undefined>>,
  ): void {
    const files = new Map(this.files(branch) ?? this.files('main'));
    for (const [path, text] of Object.entries(changes)) {
      if (text === undefined) {
        files.delete(path);
      } else {
        files.set(path, text);
      }
    }
    this.commit(branch, files);
  }

  /** Opens a pull request as people do. */
  open(head: string, more: Partial<FakePull> = {}): FakePull {
    const pull: FakePull = {
      number: this.pulls.length + 1,
      head,
      base: 'main',
      title: head,
      body: '',
      from: FULL_NAME,
      state: 'open',
      mergedAt: null,
      labels: [],
      reviewers: [],
      teams: [],
      mergeableState: 'clean',
      reviews: [],
      ...more,
    };
    this.pulls.push(pull);
    return pull;
  }

  /** Merges a pull request: main gets what its branch holds. */
  merge(pull: FakePull): void {
    this.commit('main', this.files(pull.head) ?? new Map());
    pull.state = 'closed';
    pull.mergedAt = '2026-01-01T00:00:00Z';
  }

  #addFolder(files: readonly (readonly [string, string])[]): string {
    const entries: FakeEntry[] = [];
    const below = new Map<string, [string, string][]>();
    for (const [path, text] of files) {
      const [first, ...rest] = path.split('/');
      if (rest.length > 0) {
        const group = below.get(first) ?? [];
        group.push([rest.join('/'), text]);
        below.set(first, group);
      } else {
        const sha = blobSha(text);
        this.blobs.set(sha, text);
        entries.push({ path, type: 'blob', sha });
      }
    }
    for (const [path, group] of below) {
      entries.push({ path, type: 'tree', sha: this.#addFolder(group) });
    }
    entries.sort((a, b) => (a.path < b.path ? -1 : 1));
    const sha = hash(entries);
    this.folders.set(sha, entries);
    return sha;
  }
}
