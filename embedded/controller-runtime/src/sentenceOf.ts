/** What an event or a log may quote of an error: its sentence alone. */
export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
