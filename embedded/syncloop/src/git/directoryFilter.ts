/** Which files of a folder are manifests, as Argo CD's directory source says. */
export interface DirectoryRules {
  readonly recurse: boolean;
  readonly include?: string;
  readonly exclude?: string;
}

const MANIFEST = /\.(ya?ml|json)$/;

/** A glob as Argo CD reads it: `*` also matches a slash, `{a,b}` either. */
function globPattern(glob: string): RegExp {
  let depth = 0;
  const source = glob.replace(/[.+^$()|[\]\\*?{},]/g, character => {
    switch (character) {
      case '*':
        return '.*';
      case '?':
        return '.';
      case '{':
        depth += 1;
        return '(?:';
      case '}':
        depth -= 1;
        return ')';
      case ',':
        return depth > 0 ? '|' : ',';
      default:
        return `\\${character}`;
    }
  });
  return new RegExp(`^${source}$`);
}

/** Tells of a path below the folder whether it is to be read. */
export function directoryFilter(
  rules: DirectoryRules,
): (pathInFolder: string) => boolean {
  const include = rules.include ? globPattern(rules.include) : undefined;
  const exclude = rules.exclude ? globPattern(rules.exclude) : undefined;
  return path =>
    MANIFEST.test(path) &&
    (rules.recurse || !path.includes('/')) &&
    (!include || include.test(path)) &&
    !exclude?.test(path);
}
