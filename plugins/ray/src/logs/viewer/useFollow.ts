import { useCallback, useState } from 'react';
import type { Scrollback } from '../scrollback/Scrollback';

export interface FollowView {
  readonly following: boolean;
  readonly setFollowing: (following: boolean) => void;
  /** Lines that came since it stopped following. */
  readonly unseen: number;
}

/** Whether the view stays at the end, and what came since it does not. */
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
