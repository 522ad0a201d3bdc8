/** Words of PromQL that are neither a metric nor followed by a parenthesis. */
const WORDS = new Set(['and', 'or', 'unless', 'bool', 'offset', 'Inf', 'NaN']);
const STRING = /"(?:[^"\\]|\\.)*"/g;
const MATCHERS = /\{[^}]*\}/g;
const RANGE = /\[[^\]]*\]/g;
const GROUPING =
  /\b(?:by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g;
/** A name that no parenthesis follows, so no function. */
const NAME = /(?<![\w:.])[a-zA-Z_:][\w:]*\b(?!\s*\()/g;

/** Names of the metrics that a query asks for. */
export function metricsOf(expr: string): string[] {
  const bare = [STRING, MATCHERS, RANGE, GROUPING].reduce(
    (text, part) => text.replace(part, ''),
    expr,
  );
  const names = bare.match(NAME) ?? [];
  return [...new Set(names)].filter(name => !WORDS.has(name));
}

/** Puts the values of variables into a query, as Grafana does. */
export function fill(
  expr: string,
  values: Readonly<Record<string, string>>,
): string {
  return expr.replace(/\$\{?(\w+)\}?/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`$${name} has no value`);
    return value;
  });
}
