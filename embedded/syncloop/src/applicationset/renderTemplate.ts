import { InputError } from '@backstage/errors';

const FIELD = /\{\{\s*\.path\.(path|basename)\s*\}\}/g;

/**
 * A template with the folder in the place of `{{ .path.path }}` and
 * `{{ .path.basename }}`, as an ApplicationSet with `goTemplate` fills it.
 *
 * @throws {InputError} when the template asks for anything else
 */
export function renderTemplate<T>(template: T, folder: string): T {
  const values = { path: folder, basename: folder.split('/').at(-1) ?? '' };
  const render = (value: unknown): unknown => {
    if (typeof value === 'string') {
      const text = value.replace(
        FIELD,
        (_match, field: keyof typeof values) => values[field],
      );
      if (text.includes('{{')) {
        throw new InputError(
          `The sync loop fills only .path.path and .path.basename, and not ${text}`,
        );
      }
      return text;
    }
    if (Array.isArray(value)) return value.map(render);
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, render(item)]),
      );
    }
    return value;
  };
  return render(template) as T;
}
