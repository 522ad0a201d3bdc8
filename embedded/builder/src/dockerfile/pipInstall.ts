import { posix } from 'node:path';

/** Where a `pip install` of a Dockerfile starts from. */
export interface PipPlace {
  /** WORKDIR at that point, absolute. */
  readonly workingDir: string;
}

/** Flags of pip that mean nothing to uv in an environment of its own, and whether they take a value. */
const DROPPED: Readonly<Record<string, boolean>> = {
  '--no-cache-dir': false,
  '--no-cache': false,
  '--user': false,
  '--system': false,
  '--break-system-packages': false,
  '--disable-pip-version-check': false,
  '--no-warn-script-location': false,
  '--no-input': false,
  '--prefer-binary': false,
  '--ignore-installed': false,
  '--force-reinstall': false,
  '--compile': false,
  '--no-compile': false,
  '-I': false,
  '-q': false,
  '-qq': false,
  '-qqq': false,
  '--quiet': false,
  '-v': false,
  '--verbose': false,
  '-y': false,
  '--root-user-action': true,
  '--progress-bar': true,
  '--timeout': true,
  '--default-timeout': true,
  '--retries': true,
  '--cache-dir': true,
  '--python': true,
  '-p': true,
};

/** Flags that uv names otherwise. */
const RENAMED: Readonly<Partial<Record<string, readonly string[]>>> = {
  '--trusted-host': ['--allow-insecure-host'],
  '--pre': ['--prerelease', 'allow'],
  '-i': ['--default-index'],
  '--index-url': ['--default-index'],
  '--extra-index-url': ['--index'],
  '-f': ['--find-links'],
  // An editable install would point into the build's own folder.
  '-e': [],
  '--editable': [],
};

const FILE_FLAGS = [
  '-r',
  '--requirement',
  '--requirements',
  '-c',
  '--constraint',
  '--constraints',
];
const VALUE_FLAGS = [
  ...['-i', '--index-url', '--extra-index-url', '--trusted-host', '-f'],
  ...['--find-links', '--only-binary', '--no-binary', '--index', '--platform'],
  ...[
    '--default-index',
    '--prerelease',
    '--python-version',
    '--index-strategy',
  ],
];

const isPath = (word: string) =>
  /^\.{0,2}\//.test(word) ||
  /^\.{1,2}(\[|$)/.test(word) ||
  (/\.(whl|tar\.gz|zip)$/.test(word.split('#')[0]) &&
    !/^[a-z+]+:\/\//i.test(word));

/** A path of the image, relative to the image's root, as the build has it. */
function fromRoot(path: string, { workingDir }: PipPlace): string {
  const [, plain, extras] = /^(.*?)(\[[^\]]*\])?$/s.exec(path) ?? [];
  const absolute = posix.resolve('/', workingDir, plain ?? path);
  return `.${absolute}${extras ?? ''}`;
}

/** The arguments after `pip install`, where the command is one. */
function pipArguments(words: readonly string[]): readonly string[] | undefined {
  const rest = [...words];
  while (/^\w+=/.test(rest[0] ?? '') || rest[0] === 'sudo') rest.shift();
  const program = posix.basename(rest[0] ?? '');
  if (/^python(3(\.\d+)?)?$/.test(program) && rest[1] === '-m')
    rest.splice(0, 2);
  else if (program === 'uv') rest.shift();
  else if (!/^pip(3(\.\d+)?)?$/.test(program)) return undefined;
  if (!/^pip(3(\.\d+)?)?$/.test(posix.basename(rest[0] ?? '')))
    return undefined;
  const install = rest.indexOf('install', 1);
  // Only flags may stand between them, as in `pip --no-cache-dir install`.
  return install > 0 && rest.slice(1, install).every(w => w.startsWith('-'))
    ? rest.slice(install + 1)
    : undefined;
}

/**
 * The arguments for `uv pip install` that do what a `pip install` of a
 * Dockerfile does, with paths relative to the image's root; undefined where
 * the command is none.
 */
export function pipInstall(
  words: readonly string[],
  place: PipPlace,
): readonly string[] | undefined {
  const given = pipArguments(words);
  if (!given) return undefined;
  // `--flag=value` and `-rfile` as two words.
  const separate = given.flatMap(word => {
    const long = /^(--[\w-]+)=(.*)$/s.exec(word);
    const short = /^(-[rcefi])(.+)$/s.exec(word);
    return (long ?? short)?.slice(1) ?? [word];
  });
  const result: string[] = [];
  for (let i = 0; i < separate.length; i += 1) {
    const word = separate[i];
    const next = separate[i + 1] ?? '';
    if (word in DROPPED) {
      i += DROPPED[word] ? 1 : 0;
    } else if (FILE_FLAGS.includes(word)) {
      result.push(word.replace(/s$/, ''), fromRoot(next, place));
      i += 1;
    } else if (VALUE_FLAGS.includes(word)) {
      result.push(...(RENAMED[word] ?? [word]), next);
      i += 1;
    } else if (word.startsWith('-')) {
      result.push(...(RENAMED[word] ?? [word]));
    } else {
      result.push(isPath(word) ? fromRoot(word, place) : word);
    }
  }
  return result;
}
