/** As Go writes it: `10s`, `1m20s`. */
export function describeDuration(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  const seconds = Math.round((ms % 60_000) / 1000);
  return minutes ? `${minutes}m${seconds}s` : `${seconds}s`;
}

/** Why a program could not be started, in a container runtime's words. */
export function startError(program: string, error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const reason =
    code === 'ENOENT'
      ? `exec: "${program}": executable file not found in $PATH`
      : String(error);
  return `failed to create containerd task: failed to create shim task: ${reason}`;
}
