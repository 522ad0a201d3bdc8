import { RegExpParser, type AST } from '@eslint-community/regexpp';

/** Texts of which each match has at least one. */
export type Clause = readonly string[];

/** Characters below which a text is in too many lines to be worth a look. */
const SHORTEST = 2;
/** Texts of one clause, at most. */
const MOST = 50;

const lengthOf = (clause: Clause) =>
  Math.min(...clause.map(text => text.length));

/** The clause that most lines lack, as far as its texts tell. */
function best(clauses: readonly Clause[]): Clause | undefined {
  return [...clauses].sort((a, b) => lengthOf(b) - lengthOf(a))[0];
}

/** What one of several alternatives needs; nothing where one of them needs nothing. */
function eitherOf(alternatives: readonly AST.Alternative[]): readonly Clause[] {
  const [only, ...others] = alternatives;
  if (others.length === 0) {
    return clausesOf(only.elements);
  }
  const needed = alternatives.map(({ elements }) => best(clausesOf(elements)));
  const texts = needed.flatMap(clause => clause ?? []);
  return needed.includes(undefined) || texts.length > MOST ? [] : [texts];
}

/** False for a group with flags of its own, as `(?i:a)`. */
const isPlainGroup = (
  element: AST.Element,
): element is AST.Group | AST.CapturingGroup =>
  element.type === 'CapturingGroup' ||
  (element.type === 'Group' && !element.modifiers);

function clausesOf(elements: readonly AST.Element[]): readonly Clause[] {
  const clauses: Clause[] = [];
  let text = '';
  const end = () => {
    clauses.push(...(text.length >= SHORTEST ? [[text]] : []));
    text = '';
  };
  for (const element of elements) {
    if (element.type === 'Character') {
      text += String.fromCodePoint(element.value);
    } else if (element.type !== 'Assertion') {
      end();
      if (isPlainGroup(element)) {
        clauses.push(...eitherOf(element.alternatives));
      } else if (element.type === 'Quantifier' && element.min > 0) {
        clauses.push(...clausesOf([element.element]));
      }
    }
  }
  end();
  return clauses;
}

/**
 * Texts without which a line can't match a pattern of RE2: a line has to have one of
 * each clause. Found without the pattern's engine, they spare it most lines.
 *
 * A pattern that means something else to JavaScript, or nothing, has no such texts.
 */
export function requiredTexts(pattern: string): readonly Clause[] {
  try {
    // With `u`, JavaScript refuses what it and RE2 take for different things.
    const parsed = new RegExpParser().parsePattern(pattern, 0, undefined, true);
    return eitherOf(parsed.alternatives);
  } catch {
    return [];
  }
}
