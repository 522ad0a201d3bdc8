import type { FolderRule } from './applicationSet';

/** A pattern as Go's path.Match reads it: `*` and `?` never match a slash. */
function pattern({ path }: FolderRule): RegExp {
  const source = path.replace(/[.+^$()|[\]\\{}*?]/g, character => {
    if (character === '*') return '[^/]*';
    if (character === '?') return '[^/]';
    return `\\${character}`;
  });
  return new RegExp(`^${source}$`);
}

/** The folders that a git generator finds. */
export function matchFolders(
  folders: readonly string[],
  rules: readonly FolderRule[],
): string[] {
  const matches = (folder: string, exclude: boolean) =>
    rules.some(rule => rule.exclude === exclude && pattern(rule).test(folder));
  return folders.filter(
    folder => matches(folder, false) && !matches(folder, true),
  );
}
