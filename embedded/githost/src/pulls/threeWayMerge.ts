import { TreeChange, TreeFile } from '../emulated/GitRepository';

type Files = ReadonlyMap<string, TreeFile>;

export interface MergeResult {
  /** What to change in `ours` to get the merged tree. */
  readonly changes: ReadonlyMap<string, TreeChange>;
  /** Paths that both sides changed differently. */
  readonly conflicts: readonly string[];
}

function same(left: TreeFile | undefined, right: TreeFile | undefined) {
  return left?.sha === right?.sha && left?.mode === right?.mode;
}

/**
 * Git's merge, file by file: a file that both sides changed differently is a
 * conflict even where git could merge its lines.
 */
export function threeWayMerge(input: {
  readonly base: Files;
  readonly ours: Files;
  readonly theirs: Files;
}): MergeResult {
  const { base, ours, theirs } = input;
  const changes = new Map<string, TreeChange>();
  const conflicts: string[] = [];
  for (const path of new Set([...base.keys(), ...theirs.keys()])) {
    const [before, mine, wanted] = [base, ours, theirs].map(files =>
      files.get(path),
    );
    if (same(before, wanted) || same(mine, wanted)) continue;
    if (!same(mine, before)) conflicts.push(path);
    else changes.set(path, wanted ? { ...pick(wanted) } : null);
  }
  return { changes, conflicts };
}

function pick({ mode, sha }: TreeFile) {
  return { mode, sha };
}
