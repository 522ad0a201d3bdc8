/** Characters that a shell gives a meaning to unless they are in quotes. */
const SPECIAL = /[|&;<>()$`*?[\]#~{}!\n\r]/;
/** What a backslash takes the meaning of inside double quotes. */
const ESCAPED = /["\\$`\n]/;

/**
 * The words of a shell command that is one simple command: no pipe, no second
 * command, nothing that the shell expands. `undefined` for all others, and for
 * quotes that don't end.
 *
 * Source: POSIX, "Shell Command Language", Quoting.
 */
export function shellWords(command: string): string[] | undefined {
  const words: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < command.length; at += 1) {
    const character = command[at];
    const next = command[at + 1] ?? '';
    if (quote === "'") {
      if (character === quote) {
        quote = '';
      } else {
        word += character;
      }
    } else if (quote === '"') {
      if (character === quote) {
        quote = '';
      } else if (character === '\\' && ESCAPED.test(next)) {
        word += next === '\n' ? '' : next;
        at += 1;
      } else if (character === '$' || character === '`') {
        return undefined;
      } else {
        word += character;
      }
    } else if (character === ' ' || character === '\t') {
      if (word !== undefined) {
        words.push(word);
      }
      word = undefined;
    } else if (character === "'" || character === '"') {
      quote = character;
      word ??= '';
    } else if (character === '\\' && next && next !== '\n') {
      word = (word ?? '') + next;
      at += 1;
    } else if (SPECIAL.test(character) || character === '\\') {
      return undefined;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (quote) {
    return undefined;
  }
  return word === undefined ? words : [...words, word];
}

/** A word in single quotes, whatever it holds. */
export function quoteWord(word: string): string {
  return `'${word.replace(/'/g, "'\\''")}'`;
}
