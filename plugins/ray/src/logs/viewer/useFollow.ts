import { useCallback, useState } from 'react';
import type { LogFile } from '../file/LogFile';

export interface FollowView {
  readonly following: boolean;
  readonly setFollowing: (following: boolean) => void;
  /** Number of new lines since the view stopped following. */
  readonly unseen: number;
}

/** Whether the view follows the end of the log, and how many lines it has missed. */
export function useFollow(file: LogFile, initially: boolean): FollowView {
  const [left, setLeft] = useState<
    { readonly file: LogFile; readonly line: number } | undefined
  >(initially ? undefined : { file, line: Infinity });
  const setFollowing = useCallback(
    (following: boolean) =>
      setLeft(current => {
        if (following) {
          return undefined;
        }
        return current ?? { file, line: file.lastLine };
      }),
    [file],
  );
  const seen = left?.file === file ? left.line : Infinity;
  return {
    following: !left,
    setFollowing,
    unseen: left ? Math.max(0, file.lastLine - seen) : 0,
  };
}
