import { posix } from 'node:path';
import { InputError } from '@backstage/errors';
import type { PlannedStep } from './Plan';
import type { Instruction } from './readDockerfile';

function whyNot(
  { flags, keyword, hereDocument }: Instruction,
  sources: readonly string[],
): string | undefined {
  if (flags.from)
    return `files of ${flags.from} are not there, as no other stage or image is built`;
  if (hereDocument) return 'here-documents are not read';
  return keyword === 'ADD' &&
    sources.some(s => /^[a-z]+:\/\/|\.(tar|tgz|tar\.\w+)$/.test(s))
    ? 'only files and folders of the context are copied'
    : undefined;
}

/**
 * What a COPY or ADD comes to.
 * @throws {InputError} when it lacks a path
 */
export function planCopy(
  instruction: Instruction,
  workingDir: string,
  expand: (word: string) => string,
): PlannedStep {
  const { keyword, list, line } = instruction;
  const text = `${keyword} ${instruction.text}`;
  const words =
    list ?? instruction.text.split(/\s+/).map(word => word.replaceAll('"', ''));
  const paths = words.map(expand);
  const sources = paths.slice(0, -1);
  const target = paths.at(-1);
  if (!target || sources.length === 0) {
    throw new InputError(
      `Line ${line} of the Dockerfile: ${text} names no source or no destination`,
    );
  }
  const reason = whyNot(instruction, sources);
  if (reason) {
    return { kind: 'run', text, installs: [], notRun: [{ text, reason }] };
  }
  const absolute = posix.resolve(workingDir, target);
  const isFolder =
    sources.length > 1 ||
    /(^|\/)\.{0,2}$/.test(target) ||
    /[*?[]/.test(sources[0]);
  return {
    kind: 'copy',
    text,
    copy: {
      sources,
      destination: isFolder ? posix.join(absolute, '/') : absolute,
    },
    notRun: [],
  };
}
