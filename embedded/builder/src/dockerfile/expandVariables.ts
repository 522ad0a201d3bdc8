/** Values of ARG and ENV by name. */
export type Variables = Readonly<Partial<Record<string, string>>>;

const REFERENCE = /\\(.)|\$(?:(\w+)|\{(\w+)(?:(:?[-+])([^}]*))?\})/g;

/**
 * Replaces `$NAME`, `${NAME}`, `${NAME:-default}` and `${NAME:+other}`, as
 * Docker does; unset variables become empty, `\$` a plain dollar sign.
 *
 * Source: Dockerfile reference, "Environment replacement".
 */
export function expandVariables(text: string, variables: Variables): string {
  return text.replace(
    REFERENCE,
    (
      whole: string,
      escaped: string | undefined,
      plain: string | undefined,
      braced: string | undefined,
      operator: string | undefined,
      other: string | undefined,
    ) => {
      if (escaped !== undefined) return escaped === '$' ? '$' : whole;
      const value = variables[plain ?? braced ?? ''];
      const isSet = operator?.startsWith(':')
        ? Boolean(value)
        : value !== undefined;
      if (operator?.endsWith('-') && !isSet) return other ?? '';
      if (operator?.endsWith('+')) return isSet ? (other ?? '') : '';
      return value ?? '';
    },
  );
}
