import { execFileSync, spawnSync } from 'node:child_process';

/** How Kubernetes rewrites the arguments of a container. */
const expandByKubernetes = (text: string) =>
  text.replace(/\$(\$|\((\w+)\))/g, (whole, inner: string) =>
    inner === '$' ? '$' : whole,
  );

/** The words that `ray job submit` gets of the submitter's shell. */
export function submitted(entrypoint: string): string[] {
  const script = `printf '%s\\0' ${expandByKubernetes(entrypoint)}`;
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' })
    .split('\0')
    .slice(0, -1);
}

/** How Ray up to 2.55 joins words: as for a command line of Windows. */
export const joinedForWindows = (words: readonly string[]) =>
  words
    .map(word => {
      const text = word.replace(/(\\*)"/g, '$1$1\\"');
      return word === '' || /[ \t]/.test(word)
        ? `"${text.replace(/(\\+)$/, '$1$1')}"`
        : text;
    })
    .join(' ');

/** How Ray joins words later: as Python's `shlex`. */
export const joinedForPosix = (words: readonly string[]) =>
  words
    .map(word =>
      /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replace(/'/g, `'"'"'`)}'`,
    )
    .join(' ');

/** Runs a command in a shell, as on Ray's head. */
export function run(shell: string, command: string, path = process.env.PATH) {
  const { stdout, status } = spawnSync(shell, ['-c', command], {
    encoding: 'utf8',
    env: { PATH: path, WHERE: 'ray pod', LC_ALL: 'C.UTF-8' },
  });
  return { stdout, status };
}
