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

/** The group that an element can't match without; none where it has flags of its own. */
function groupOf(
  element: AST.Element,
): AST.Group | AST.CapturingGroup | undefined {
  const inner =
    element.type === 'Quantifier' && element.min > 0
      ? element.element
      : element;
  const isPlain =
    inner.type === 'CapturingGroup' ||
    (inner.type === 'Group' && !inner.modifiers);
  return isPlain ? inner : undefined;
}

/** What one of several alternatives needs; nothing where one of them needs nothing. */
function neededBy(alternatives: readonly AST.Alternative[]): readonly Clause[] {
  const each = alternatives.map(({ elements }) => {
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
        clauses.push(...neededBy(groupOf(element)?.alternatives ?? []));
      }
    }
    end();
    return clauses;
  });
  if (each.length === 1) {
    return each[0];
  }
  const needed = each.map(best);
  const texts = needed.flatMap(clause => clause ?? []);
  const isSure = texts.length > 0 && !needed.includes(undefined);
  return isSure && texts.length <= MOST ? [texts] : [];
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
    return neededBy(parsed.alternatives);
  } catch {
    return [];
  }
}
