/** A number of lines in words: `1 line`, `2,000 new lines`. */
export function countLines(count: number, kind = ''): string {
  const noun = count === 1 ? 'line' : 'lines';
  return [count.toLocaleString(), kind, noun].filter(Boolean).join(' ');
}
