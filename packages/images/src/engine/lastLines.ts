/** The last lines of a program's output that say something, at most so many. */
export function lastLines(output: string, count: number): string {
  return output
    .split('\n')
    .map(line => line.trimEnd())
    .filter(Boolean)
    .slice(-count)
    .join('\n');
}
