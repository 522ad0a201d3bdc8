import type { ExecEntry } from '../credentials/entries';
import { asList, asObject, asText, type Fields } from './values';

/**
 * The command of a user's credentials.
 *
 * @param path - makes a path in the file absolute
 */
export function parseExec(
  fields: Fields,
  path: (value: unknown) => string | undefined,
): ExecEntry {
  const command = asText(fields.command) ?? '';
  const variables = asList(fields.env).map(asObject);
  return {
    // A bare name is looked up on the PATH.
    command: /[/\\]/.test(command) ? (path(command) ?? '') : command,
    args: asList(fields.args).map(each => asText(each) ?? ''),
    env: Object.fromEntries(
      variables.map(({ name, value }) => [
        asText(name) ?? '',
        asText(value) ?? '',
      ]),
    ),
    apiVersion: asText(fields.apiVersion) ?? 'client.authentication.k8s.io/v1',
    installHint: asText(fields.installHint)?.trim(),
    provideClusterInfo: fields.provideClusterInfo === true,
    interactiveMode: asText(fields.interactiveMode) ?? 'IfAvailable',
  };
}
