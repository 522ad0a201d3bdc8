/** The system's code of an error, as ENOENT, where it has one. */
export function readErrorCode(error: unknown): string | undefined {
  return error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string'
    ? error.code
    : undefined;
}
