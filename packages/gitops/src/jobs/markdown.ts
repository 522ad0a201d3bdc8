/** Text as code in GitHub's Markdown: it can neither end the code nor become markup. */
export function inlineCode(text: string): string {
  const plain = text.replace(/[\r\n]+/g, ' ');
  const fence = '`'.repeat(
    Math.max(0, ...(plain.match(/`+/g) ?? []).map(run => run.length)) + 1,
  );
  return fence.length > 1
    ? `${fence} ${plain} ${fence}`
    : `${fence}${plain}${fence}`;
}
