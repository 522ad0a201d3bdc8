/**
 * Replaces `$(NAME)` by the variable's value, as Kubernetes does in `command`,
 * `args` and `env`: `$$(NAME)` stands for a literal `$(NAME)`, and a name that
 * is not set stays as it is.
 */
export function expandVariables(
  text: string,
  variables: ReadonlyMap<string, string>,
): string {
  return text.replace(
    /\$(\$|\(([^()]*)\))/g,
    (whole, inner: string, name: string) =>
      inner === '$' ? '$' : (variables.get(name) ?? whole),
  );
}
