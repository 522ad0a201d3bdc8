import type { RayJob } from '../objects/kubernetes';
import { quoteWord, shellWords } from './shellWords';

/*
 * The way of an entrypoint is long. Kubernetes replaces $(NAME) and $$ in it.
 * KubeRay puts it unquoted into the submitter's shell, so that in `a && b` Ray
 * runs only `a`. `ray job submit` joins the words again: up to Ray 2.55 by the
 * rule of Windows, which knows double quotes alone and only puts them around
 * blanks, later by that of POSIX. At last Ray hands it to `sh`.
 */

/** Characters that no shell gives a meaning to. */
const BARE = /^[\w@%+=:,./-]*$/;

/** True for a word that arrives as it was sent, whichever rule joins it. */
function arrives(word: string): boolean {
  return (
    BARE.test(word) || (/[ \t]/.test(word) && !/[$`]|\\[\\\n]|\\$/.test(word))
  );
}

const printfEscape = (character: string) =>
  character === '\n'
    ? '\\n'
    : `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`;

const SCRIPT = /^bash <\(printf "((?:[^"\\$`]|\\(?:n|[0-7]{3}))*)"\)$/;

/** A script of any content, in characters that all shells leave alone. */
function wrapScript(script: string): string {
  const text = script
    .replace(/[\\"$`\n\t!]/g, printfEscape)
    .replace(/%/g, '%%');
  return `bash <(printf "${text}")`;
}

function unwrapScript(command: string): string {
  const [, text] = SCRIPT.exec(command) ?? [];
  return text === undefined
    ? command
    : text
        .replace(/%%/g, '%')
        .replace(/\\(?:n|([0-7]{3}))/g, (_, code?: string) =>
          code ? String.fromCharCode(parseInt(code, 8)) : '\n',
        );
}

/**
 * The entrypoint of a RayJob that runs what was typed as one shell command on
 * Ray, with its exit code. One simple command stays as it is; all else becomes
 * `bash -c '…'`. What this function made stays as it is, too.
 */
export function renderEntrypoint(typed: string): string {
  const command = typed.replace(/\r\n?/g, '\n').trim();
  if (shellWords(command)?.every(arrives)) {
    return command;
  }
  const script = arrives(command) ? command : wrapScript(command);
  return `bash -c ${quoteWord(script)}`;
}

/** What was typed for an entrypoint that {@link renderEntrypoint} made. */
export function typedEntrypoint(entrypoint: string): string {
  const [shell, flag, script, ...others] = shellWords(entrypoint) ?? [];
  if (
    shell !== 'bash' ||
    flag !== '-c' ||
    script === undefined ||
    others.length > 0
  ) {
    return entrypoint;
  }
  const typed = unwrapScript(script);
  return renderEntrypoint(typed) === entrypoint ? typed : entrypoint;
}

/** The part of a command up to what ends it in a shell, outside of quotes. */
const FIRST_COMMAND =
  /^(?:[<>]&|&>|[^'"\\;&|\n]|\\[^]|'[^']*'|"(?:[^"\\]|\\[^])*")*/;

/**
 * What goes wrong with an entrypoint that somebody else rendered, as a sentence;
 * `undefined` when it runs as it reads.
 */
export function entrypointWarning({
  spec,
}: Pick<RayJob, 'spec'>): string | undefined {
  const entrypoint = spec?.entrypoint?.trim() ?? '';
  const mode = spec?.submissionMode || 'K8sJobMode';
  if (mode !== 'K8sJobMode' && mode !== 'SidecarMode') {
    return undefined;
  }
  const [first] = FIRST_COMMAND.exec(entrypoint) ?? [''];
  return first.length < entrypoint.length
    ? `Ray runs only the first command of this entrypoint (${first.trim()}). KubeRay gives the rest to the shell of the submitter: it runs there, and its failure is not the job's. Put all of it into bash -c '…'`
    : undefined;
}
