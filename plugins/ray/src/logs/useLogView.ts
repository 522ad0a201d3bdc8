import { useCallback, useEffect, useRef, type RefObject } from 'react';
import type { FindRanges } from './file/findRanges';
import type { LogFile } from './file/LogFile';
import type { LogPlaces } from './file/LogPlaces';
import type { RowIndex } from './file/RowIndex';
import type { MatchedLinesView } from './useMatchedLines';
import type { FollowView } from './viewer/useFollow';
import { useFolds, type FoldsView } from './viewer/useFolds';
import { useJsonLines, type JsonLinesView } from './viewer/useJsonLines';
import type { SearchPlace } from './viewer/useLogSearch';
import { useReveal } from './viewer/useReveal';
import { useRowIndex } from './viewer/useRowIndex';
import { ROW_HEIGHT } from './viewer/useRowStyles';
import type { ViewSize } from './viewer/useViewSize';
import { useViewport, type ViewportView } from './viewer/useViewport';

export interface LogViewOptions {
  readonly ref: RefObject<HTMLDivElement>;
  readonly size: ViewSize;
  /** Columns after which lines wrap. Infinite if they don't wrap. */
  readonly columns: number;
  readonly file: LogFile;
  /** Grows with each change of the file. */
  readonly version: number;
  /** The lines to show, where others are hidden. */
  readonly matched?: MatchedLinesView;
  /** Finds what is searched for in the text of a line. */
  readonly find: FindRanges;
  readonly follow: FollowView;
  /** Shows all lines. */
  readonly onShowAll: () => void;
}

export interface LogView {
  readonly places: LogPlaces;
  readonly rows: RowIndex;
  readonly view: ViewportView;
  readonly folds: FoldsView;
  readonly json: JsonLinesView;
  /** Number of the first line in view. */
  readonly from: () => number;
  /** Goes to a line, also to one that is hidden. */
  readonly goTo: (number: number) => void;
  /** Goes to the first entry that is shown. */
  readonly goToStart: () => void;
  /** Goes to a match. */
  readonly goToMatch: (place: SearchPlace) => void;
}

/** What of a log is shown, where it is in view, and how to go elsewhere in it. */
export function useLogView(options: LogViewOptions): LogView {
  const { ref, size, columns, file, version, matched, onShowAll } = options;
  const { following, setFollowing } = options.follow;
  const places: LogPlaces = matched?.places ?? file;
  const foldsOfFile = useFolds(file, version);
  const foldsOfMatches = useFolds(matched?.places, matched?.version ?? 0);
  const folds = matched ? foldsOfMatches : foldsOfFile;
  const { unfolded } = folds;
  const { unfoldLine } = foldsOfFile;
  const { unfoldLine: unfoldMatch } = foldsOfMatches;
  const json = useJsonLines(options.find);
  const rows = useRowIndex({ places, columns, unfolded, json });
  const view = useViewport({
    ref,
    rows,
    size,
    following,
    onFollow: setFollowing,
  });
  const { top } = view;
  const reveal = useReveal(view);
  const from = useCallback(
    () => places.lineAt(rows.seqAt(Math.floor(top / ROW_HEIGHT))),
    [places, rows, top],
  );
  /** The line to keep in view when others are hidden or shown. */
  const kept = useRef(1);
  const show = useCallback(
    (number: number, match: boolean) => {
      const seq = file.seqOfLine(number);
      if (seq !== undefined) {
        kept.current = number;
        setFollowing(false);
        unfoldLine(number);
        reveal({ seq, match });
      }
      return seq !== undefined;
    },
    [file, reveal, setFollowing, unfoldLine],
  );
  const goTo = useCallback(
    (number: number) => {
      if (show(number, false)) {
        onShowAll();
      }
    },
    [onShowAll, show],
  );
  const isMatched = matched !== undefined;
  const goToMatch = useCallback(
    ({ number, position }: SearchPlace) => {
      if (isMatched) {
        setFollowing(false);
        unfoldMatch(position);
        reveal({ seq: position, match: true });
      } else {
        show(number, true);
      }
    },
    [isMatched, reveal, setFollowing, show, unfoldMatch],
  );
  const goToStart = useCallback(() => {
    setFollowing(false);
    reveal({ seq: places.first, match: false });
  }, [places, reveal, setFollowing]);

  const placeFrom = matched?.placeFrom;
  useEffect(() => {
    let isCurrent = true;
    const keep = (seq: number | undefined) => {
      if (isCurrent && seq !== undefined) {
        reveal({ seq, match: false });
      }
    };
    if (!following && placeFrom) {
      // Where there is none, the search says why.
      placeFrom(kept.current).then(keep, () => {});
    } else if (!following) {
      keep(file.seqOfLine(kept.current));
    }
    return () => {
      isCurrent = false;
    };
    // Only a change of what is shown moves the view.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [places]);
  useEffect(() => {
    kept.current = from();
  });
  return {
    ...{ places, rows, view, folds, json },
    ...{ from, goTo, goToStart, goToMatch },
  };
}
