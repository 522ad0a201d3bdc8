import { useCallback, useState } from 'react';
import type { Scrollback } from '../scrollback/Scrollback';

export interface FollowView {
  readonly following: boolean;
  readonly setFollowing: (following: boolean) => void;
  /** Number of new lines since the view stopped following. */
  readonly unseen: number;
}

/** Whether the view follows the end of the log, and how many lines it has missed. */
export function useFollow(buffer: Scrollback, initially: boolean): FollowView {
  const [left, setLeft] = useState<
    { readonly buffer: Scrollback; readonly lines: number } | undefined
  >(initially ? undefined : { buffer, lines: 0 });
  const setFollowing = useCallback(
    (following: boolean) =>
      setLeft(current => {
        if (following) {
          return undefined;
        }
        return current ?? { buffer, lines: buffer.lineCount };
      }),
    [buffer],
  );
  const seen = left?.buffer === buffer ? left.lines : 0;
  return {
    following: !left,
    setFollowing,
    unseen: left ? buffer.lineCount - seen : 0,
  };
}
