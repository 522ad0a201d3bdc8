// As much of Terraform's language as the variables and outputs of this repository need.

const OPENING = '([{';
const CLOSING = ')]}';

/**
 * The end of the expression that starts at an index: the first line end outside of
 * brackets and strings.
 */
function endOfExpression(text, start) {
  let depth = 0;
  let quoted = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (quoted) {
      if (character === '\\') index += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === '#') index = text.indexOf('\n', index) - 1;
    else if (OPENING.includes(character)) depth += 1;
    else if (CLOSING.includes(character)) {
      depth -= 1;
      if (depth < 0) return index;
    } else if (character === '\n' && depth === 0) return index;
  }
  return text.length;
}

/** The end of the block whose opening brace is at an index, without its closing brace. */
function endOfBlock(text, brace) {
  let index = brace + 1;
  while (index < text.length) {
    const end = endOfExpression(text, index);
    if (text[end] === '}') return end;
    index = end + 1;
  }
  return text.length;
}

/** Arguments directly inside a block, as the text of their expressions. */
function argumentsOf(body) {
  const found = {};
  let index = 0;
  while (index < body.length) {
    const end = endOfExpression(body, index);
    const line = body.slice(index, end);
    const [, name, expression] = /^\s*(\w+)\s*=\s*([\s\S]*)$/.exec(line) ?? [];
    if (name) found[name] = expression.trim();
    index = end + 1;
  }
  return found;
}

/** A literal string without its quotes. */
export const unquote = text =>
  text === undefined ? undefined : JSON.parse(text);

/** An expression without comments, on one line, as a table shows it. */
export const oneLine = text =>
  text
    .replace(/#.*$/gm, '')
    .replace(/\s+/g, ' ')
    .replace(/([([{]) /g, '$1')
    .replace(/ ([)\]}])/g, '$1')
    .trim();

/** Blocks of one kind with one label, for example all variables, in their order. */
export function blocks(text, kind) {
  const heads = text.matchAll(new RegExp(`^${kind} "([^"]+)" \\{`, 'gm'));
  return [...heads].map(head => {
    const brace = head.index + head[0].length - 1;
    const body = text.slice(brace + 1, endOfBlock(text, brace));
    return { name: head[1], arguments: argumentsOf(body) };
  });
}
