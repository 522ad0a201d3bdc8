import { GitRepository } from '../emulated/GitRepository';
import { GitCommand } from './GitCommand';

interface GitObject {
  readonly type: string;
  readonly content: Buffer;
}

interface TreeEntry {
  readonly mode: string;
  readonly path: string;
  readonly sha: string;
}

/**
 * Brings a commit of the bare repository, with everything that it needs and no
 * ref leads to yet, to the emulated GitHub.
 * @throws {Error} when an object is missing, or is none that GitHub's API can make
 */
export async function importObjects(options: {
  readonly git: GitCommand;
  readonly repository: GitRepository;
  readonly commit: string;
}): Promise<void> {
  const { git, repository, commit } = options;
  const list = async (...kind: string[]) =>
    (await git.run(['rev-list', ...kind, commit, '--not', '--all']))
      .toString('latin1')
      .split('\n')
      .filter(Boolean);
  const shas = await list('--objects', '--no-object-names');
  if (shas.length === 0) return;
  const objects = readObjects(
    await git.run(['cat-file', '--batch'], Buffer.from(`${shas.join('\n')}\n`)),
  );

  const stored = new Set<string>();
  const store = async (sha: string): Promise<void> => {
    const object = objects.get(sha);
    if (!object || stored.has(sha)) return;
    stored.add(sha);
    if (object.type === 'tree') {
      const entries = readTree(object.content);
      for (const entry of entries) await store(entry.sha);
      await repository.storeTree(entries);
    } else {
      await repository.createBlob(object.content);
    }
  };
  for (const [sha, { type }] of objects) {
    if (type === 'tag') {
      throw new Error('annotated tags are not supported; push a plain one');
    }
    if (type !== 'commit') await store(sha);
  }
  for (const sha of await list('--reverse', '--topo-order')) {
    const made = await repository.storeCommit(
      readCommit(objects.get(sha)?.content.toString('utf8') ?? ''),
    );
    if (made !== sha) {
      throw new Error(
        `commit ${sha.slice(0, 7)} has more than an author, a date and a message, for example a signature; push one without`,
      );
    }
  }
}

/** What `git cat-file --batch` prints: `<sha> <type> <size>`, the content, a line end. */
function readObjects(output: Buffer): Map<string, GitObject> {
  const objects = new Map<string, GitObject>();
  let offset = 0;
  while (offset < output.length) {
    const end = output.indexOf('\n', offset);
    const [sha, type, size] = output.toString('latin1', offset, end).split(' ');
    const next = end + 1 + Number(size);
    objects.set(sha, { type, content: output.subarray(end + 1, next) });
    offset = next + 1;
  }
  return objects;
}

/** A tree's entries: `<mode> <path>\0` and 20 bytes each. */
function readTree(content: Buffer): TreeEntry[] {
  const entries: TreeEntry[] = [];
  let offset = 0;
  while (offset < content.length) {
    const space = content.indexOf(' ', offset);
    const zero = content.indexOf(0, space);
    entries.push({
      mode: content.toString('latin1', offset, space).padStart(6, '0'),
      path: content.toString('utf8', space + 1, zero),
      sha: content.toString('hex', zero + 1, zero + 21),
    });
    offset = zero + 21;
  }
  return entries;
}

function readCommit(content: string) {
  const end = content.indexOf('\n\n');
  const headers = content.slice(0, end).split('\n');
  const values = (name: string) =>
    headers
      .filter(line => line.startsWith(`${name} `))
      .map(line => line.slice(name.length + 1));
  return {
    message: content.slice(end + 2),
    tree: values('tree')[0],
    parents: values('parent'),
    author: readIdentity(values('author')[0]),
    committer: readIdentity(values('committer')[0]),
  };
}

/** `Name <address> <seconds> <zone>`, with the date as GitHub's API takes it. */
function readIdentity(text = '') {
  const [, name, email, seconds, sign, hours, minutes] =
    /^(.*) <(.*)> (\d+) ([+-])(\d{2})(\d{2})$/.exec(text) ?? [];
  const offset = Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  const local = new Date((Number(seconds) + offset * 60) * 1000);
  return {
    name,
    email,
    date: `${local.toISOString().slice(0, 19)}${sign}${hours}:${minutes}`,
  };
}
