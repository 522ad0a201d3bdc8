import { toError } from '@backstage/errors';
import { GitHubError } from '../GitHubError';
import { GitRepository } from '../emulated/GitRepository';
import { GitCommand } from './GitCommand';
import { importObjects } from './importObjects';
import { FLUSH, packet, readPackets } from './packets';

/** What git writes for a ref that is not there. */
const NONE = '0'.repeat(40);
const CAPABILITIES = 'report-status delete-refs ofs-delta';
const UPDATE = /^([0-9a-f]{40}) ([0-9a-f]{40}) (refs\/[^\0\n]+)/;
const OURS = /^refs\/(heads|tags)\//;

interface RefUpdate {
  readonly before: string;
  readonly after: string;
  readonly ref: string;
}

/**
 * Takes pushes: brings their objects and refs to the emulated GitHub, which the
 * bare repository follows. See gitprotocol-pack, "Pushing data to a server".
 */
export class ReceivePack {
  readonly #git: GitCommand;
  readonly #repository: GitRepository;

  constructor(options: {
    readonly git: GitCommand;
    readonly repository: GitRepository;
  }) {
    this.#git = options.git;
    this.#repository = options.repository;
  }

  /** What a push may change, and how. */
  async advertise(): Promise<string> {
    const refs = await this.#git.run([
      'for-each-ref',
      '--format=%(objectname) %(refname)',
      'refs/heads',
      'refs/tags',
    ]);
    const lines = refs.toString('utf8').split('\n').filter(Boolean);
    const [first = `${NONE} capabilities^{}`, ...others] = lines;
    return [
      packet(`${first}\0${CAPABILITIES}\n`),
      ...others.map(line => packet(`${line}\n`)),
      FLUSH,
    ].join('');
  }

  /**
   * Takes one push; returns the report for git, which has the reason for each
   * ref that was refused.
   * @throws {GitHubError} 400 when the request is not a push
   */
  async receive(request: Buffer): Promise<string> {
    const { packets, rest: pack } = readPackets(request);
    const updates = packets.flatMap(readUpdate);
    // Git asks this way whether it may push, before it sends much.
    if (updates.length === 0) return '';
    if (updates.some(({ after }) => after !== NONE)) {
      await this.#git.run(['unpack-objects', '-q'], pack);
    }
    const report = [packet('unpack ok\n')];
    for (const update of updates) {
      report.push(packet(`${await this.#apply(update)}\n`));
    }
    return [...report, FLUSH].join('');
  }

  async #apply(update: RefUpdate): Promise<string> {
    const { ref, after } = update;
    try {
      if (!OURS.test(ref)) {
        throw new Error('only branches and tags can be pushed');
      }
      if (after !== NONE) {
        await importObjects({
          git: this.#git,
          repository: this.#repository,
          commit: after,
        });
      }
      await this.#move(update);
      return `ok ${ref}`;
    } catch (error) {
      return `ng ${ref} ${toError(error).message.replace(/\s+/g, ' ')}`;
    }
  }

  async #move({ ref, before, after }: RefUpdate): Promise<void> {
    const { refs } = this.#repository;
    if (before === NONE) {
      await refs.create(ref, after);
      return;
    }
    if ((await refs.target(ref)) !== before) {
      throw new Error('it has moved meanwhile; fetch first');
    }
    if (after === NONE) {
      await refs.delete(ref);
      return;
    }
    const force = !(await this.#isAncestor(before, after));
    await refs.move(ref, after, { force });
  }

  async #isAncestor(before: string, after: string): Promise<boolean> {
    return this.#git.run(['merge-base', '--is-ancestor', before, after]).then(
      () => true,
      () => false,
    );
  }
}

function readUpdate(line: string): RefUpdate[] {
  if (line.startsWith('shallow ')) return [];
  const [, before, after, ref] = UPDATE.exec(line) ?? [];
  if (!ref) throw new GitHubError(400, 'The request is not a push');
  return [{ before, after, ref }];
}
