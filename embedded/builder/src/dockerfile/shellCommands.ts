import { Variables, expandVariables } from './expandVariables';

/** One command of a RUN instruction. */
export interface ShellCommand {
  /** As it is written. */
  readonly text: string;
  /**
   * Its words, with quotes and variables resolved; undefined where it is more
   * than a program and its arguments, for example a pipe or a loop.
   */
  readonly words?: readonly string[];
}

const TOKEN =
  /\s+|&&|\|\||[;&|<>()`\n]|(?:"(?:\\.|[^"\\])*"|'[^']*'|\\.|[^\s;&|<>()`"'\\])+|./gs;
const NEEDS_SHELL =
  /^(\|\||[&|<>()`]|if|then|else|fi|for|while|do|done|case|esac|set|\{|\}|!)$/;

function unquote(word: string, variables: Variables): string {
  return word.replace(
    /'([^']*)'|"((?:\\.|[^"\\])*)"|([^'"]+)/gs,
    (_, single?: string, double?: string, bare?: string) =>
      single ??
      (double === undefined
        ? expandVariables(bare ?? '', variables).replace(/\\(.)/gs, '$1')
        : expandVariables(double, variables).replace(/\\(["\\])/g, '$1')),
  );
}

/**
 * Splits what a shell would run into its commands, at `&&`, `;` and line ends.
 * It is not a shell: what it can't read as a plain command comes without words.
 */
export function shellCommands(
  script: string,
  variables: Variables,
): readonly ShellCommand[] {
  const commands: ShellCommand[] = [];
  let tokens: string[] = [];
  const finish = () => {
    const text = tokens.join('').trim();
    const words = tokens.filter(token => token.trim());
    tokens = [];
    if (!text) return;
    const plain =
      !words.some(word => NEEDS_SHELL.test(word)) && !text.includes('$(');
    commands.push({
      text,
      words: plain ? words.map(word => unquote(word, variables)) : undefined,
    });
  };
  for (const [token] of script.matchAll(TOKEN)) {
    if (token === '&&' || token === ';' || /^\s*\n\s*$/.test(token)) finish();
    else tokens.push(token);
  }
  finish();
  return commands;
}
