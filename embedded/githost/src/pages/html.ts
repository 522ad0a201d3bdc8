/** Markup that is safe to put into a page as it is. */
export class Html {
  constructor(readonly source: string) {}

  toString(): string {
    return this.source;
  }
}

type Value = Html | readonly Html[] | string | number | undefined | false;

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(value: Value): string {
  if (value instanceof Html) return value.source;
  if (Array.isArray(value)) return value.map(escaped).join('');
  if (value === undefined || value === false) return '';
  return String(value).replace(/[&<>"']/g, character => ESCAPES[character]);
}

/**
 * Template tag: everything put in is escaped, but for other {@link Html}. Not
 * called `html`, as prettier would then change the white space inside.
 */
export function markup(parts: TemplateStringsArray, ...values: Value[]): Html {
  return new Html(String.raw({ raw: parts }, ...values.map(escaped)));
}

/** A path with each segment escaped for a URL. */
export function urlPath(...segments: string[]): string {
  return segments
    .flatMap(segment => segment.split('/'))
    .map(encodeURIComponent)
    .join('/');
}
