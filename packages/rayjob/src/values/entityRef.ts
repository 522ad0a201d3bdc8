const NAME = '[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?';
const REFERENCE = new RegExp(`^[A-Za-z][A-Za-z0-9]*:(?:${NAME}/)?${NAME}$`);

/**
 * True for text that is a reference to an entity of the catalog, for example
 * `user:default/guest`. Whoever creates a job writes its requester, and anything
 * with a colon in it, such as a URL or a service account, is none.
 */
export function isEntityRef(text: string | undefined): text is string {
  return text !== undefined && REFERENCE.test(text);
}
