import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

/** Names that git itself refuses; see git-check-ref-format. */
const BAD_REF =
  // eslint-disable-next-line no-control-regex -- Git refuses control characters.
  /[\x00-\x20\x7f~^:?*[\\]|\.\.|@\{|\/\/|\/\.|\.lock(\/|$)|[./]$/;

function identity(name, email, date) {
  const zone = /([+-]\d{2}):?(\d{2})$/.exec(date);
  const offset = zone ? zone[1] + zone[2] : '+0000';
  return `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} ${offset}`;
}

function sortKey({ path, type }) {
  return Buffer.from(type === 'tree' ? `${path}/` : path);
}

/** How git writes the objects of each collection. */
const FORMATS = {
  'github.blobs': {
    type: 'blob',
    content: ({ content, encoding }) =>
      Buffer.from(content, encoding === 'base64' ? 'base64' : 'utf8'),
  },
  'github.trees': {
    type: 'tree',
    content: ({ tree }) =>
      Buffer.concat(
        [...tree]
          .sort((left, right) => Buffer.compare(sortKey(left), sortKey(right)))
          .flatMap(({ mode, path, sha }) => [
            Buffer.from(`${mode.replace(/^0+/, '')} ${path}\0`),
            Buffer.from(sha, 'hex'),
          ]),
      ),
  },
  'github.commits': {
    type: 'commit',
    content: commit =>
      Buffer.from(
        [
          `tree ${commit.tree_sha}`,
          ...commit.parent_shas.map(sha => `parent ${sha}`),
          `author ${identity(commit.author_name, commit.author_email, commit.author_date)}`,
          `committer ${identity(commit.committer_name, commit.committer_email, commit.committer_date)}`,
          '',
          commit.message.replace(/\n?$/, '\n'),
        ].join('\n'),
      ),
  },
};

/**
 * A bare git repository with the objects and refs of one emulated repository,
 * for git to serve. Written without git, which may not be installed. Objects
 * come before the refs that name them, each file in one step.
 */
export class BareRepository {
  /** `fullName` is `owner/name`. */
  constructor(dir, fullName) {
    this.dir = dir;
    this.fullName = fullName;
    this.commits = new Set();
    this.refs = '';
    for (const folder of ['objects', 'refs']) {
      mkdirSync(join(dir, folder), { recursive: true });
    }
    this.write('HEAD', 'ref: refs/heads/main\n');
    this.write(
      'config',
      '[core]\n\trepositoryformatversion = 0\n\tbare = true\n',
    );
  }

  /** Adds an item of one of emulate's collections of git objects. */
  add(collection, item) {
    if (collection === 'github.commits') this.commits.add(item.sha);
    const folder = join('objects', item.sha.slice(0, 2));
    const file = join(folder, item.sha.slice(2));
    if (existsSync(join(this.dir, file))) return;
    const { type, content } = FORMATS[collection];
    const body = content(item);
    const object = Buffer.concat([
      Buffer.from(`${type} ${body.length}\0`),
      body,
    ]);
    if (createHash('sha1').update(object).digest('hex') !== item.sha) {
      throw new Error(`emulate names a ${type} other than git does`);
    }
    mkdirSync(join(this.dir, folder), { recursive: true });
    this.write(file, deflateSync(object, { level: 1 }));
  }

  /** Points the refs at what emulate's collections say now. */
  setRefs(collections) {
    const items = name => collections[name]?.items ?? [];
    const repo = items('github.repos').find(
      ({ full_name: name }) => name === this.fullName,
    );
    const mine = name => items(name).filter(row => row.repo_id === repo?.id);
    const targets = new Map([
      ...mine('github.branches').map(row => [
        `refs/heads/${row.name}`,
        row.sha,
      ]),
      ...mine('github.refs').map(row => [row.ref, row.sha]),
      ...mine('github.pull_requests').map(row => [
        `refs/pull/${row.number}/head`,
        row.head_sha,
      ]),
    ]);
    const refs = [...targets]
      .filter(([ref, sha]) => !BAD_REF.test(ref) && this.commits.has(sha))
      .map(([ref, sha]) => `${sha} ${ref}\n`)
      .join('');
    if (refs === this.refs) return;
    this.write('packed-refs', refs);
    this.refs = refs;
  }

  write(file, content) {
    const next = join(this.dir, 'next');
    writeFileSync(next, content);
    renameSync(next, join(this.dir, file));
  }
}
