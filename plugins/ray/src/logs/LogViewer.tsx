import { makeStyles } from '@material-ui/core/styles';
import type { LogSource } from '@ml-platform/rayjob';
import { useCallback, useEffect, useRef, useState } from 'react';
import useLocalStorage from 'react-use/esm/useLocalStorage';
import type { RunRef } from '../api/RayApi';
import { useTimeZone } from '../times/useTimeZone';
import { useLogStream } from './useLogStream';
import { useLogActions } from './useLogActions';
import { LogStatusBar } from './viewer/LogStatusBar';
import { LogToolbar } from './viewer/LogToolbar';
import { LogViewport } from './viewer/LogViewport';
import { useCharWidth } from './viewer/useCharWidth';
import { useFolds } from './viewer/useFolds';
import { useFollow } from './viewer/useFollow';
import { useLineSelection } from './viewer/useLineSelection';
import { useLogKeys } from './viewer/useLogKeys';
import { useLogSearch } from './viewer/useLogSearch';
import { useReveal } from './viewer/useReveal';
import { useRowIndex } from './viewer/useRowIndex';
import { END_COLUMNS, ROW_HEIGHT, TIME_COLUMNS } from './viewer/useRowStyles';
import { useViewport } from './viewer/useViewport';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    height: '100%',
    minHeight: 320,
    overflow: 'hidden',
    borderRadius: 8,
    border: `1px solid ${theme.palette.divider}`,
  },
  fullScreen: {
    position: 'fixed',
    inset: 0,
    zIndex: theme.zIndex.modal,
    borderRadius: 0,
    border: 0,
  },
}));

export interface LogViewerProps {
  readonly run: RunRef;
  readonly attempt: number;
  readonly sources: readonly LogSource[];
  readonly source: string;
  readonly previous: boolean;
  readonly onSource: (id: string, previous: boolean) => void;
}

/** Shows one log of a job, live. */
export const LogViewer = (props: LogViewerProps) => {
  const { run, attempt, sources, source, previous, onSource } = props;
  const classes = useStyles();
  const [wrap = false, setWrap] = useLocalStorage('ray.log.wrap', false);
  const [timestamps = false, setTimestamps] = useLocalStorage(
    'ray.log.timestamps',
    false,
  );
  const zone = useTimeZone();
  const [fullScreen, setFullScreen] = useState(false);
  const searchRef = useRef<HTMLInputElement>(null);

  const log = useLogStream({ run, source, previous, attempt });
  const { buffer, version } = log;
  const selection = useLineSelection();
  const { range } = selection;
  const follow = useFollow(buffer, range === undefined);
  const { setFollowing } = follow;

  const viewRef = useRef<HTMLDivElement>(null);
  const charWidth = useCharWidth(viewRef);
  const [width, setWidth] = useState(0);
  const digits = Math.max(3, String(buffer.lineCount).length);
  const gutter = digits + 3 + END_COLUMNS + (timestamps ? TIME_COLUMNS : 0);
  const columns = wrap
    ? Math.max(20, Math.floor(width / charWidth) - gutter)
    : Infinity;
  const folds = useFolds(buffer);
  const { unfolded, unfoldLine } = folds;
  const rows = useRowIndex({ buffer, columns, unfolded }, version);
  const view = useViewport({
    ref: viewRef,
    rows,
    version,
    following: follow.following,
    onFollow: setFollowing,
  });
  useEffect(() => setWidth(view.width), [view.width]);

  const { top } = view;
  const reveal = useReveal(view);
  const goTo = useCallback(
    (seq: number, match = false) => {
      setFollowing(false);
      unfoldLine(seq);
      reveal({ seq, match });
    },
    [reveal, setFollowing, unfoldLine],
  );
  const from = useCallback(
    () => rows.index.seqAt(Math.floor(top / ROW_HEIGHT)),
    [rows, top],
  );
  const onStep = useCallback((seq: number) => goTo(seq, true), [goTo]);
  const search = useLogSearch({ buffer, version, from, onStep });

  // Follow a link to a line once, when the line arrives.
  const linked = useRef(range?.from);
  useEffect(() => {
    const wanted = linked.current;
    const seq = wanted === undefined ? undefined : buffer.seqOfLine(wanted);
    if (seq !== undefined) {
      linked.current = undefined;
      goTo(seq);
    }
  }, [buffer, version, goTo]);

  const actions = useLogActions({ run, source, previous, buffer, range });
  const toggleFollow = () => setFollowing(!follow.following);
  const latest = () => setFollowing(true);
  useLogKeys({
    '/': () => searchRef.current?.focus(),
    n: () => search.step(1),
    N: () => search.step(-1),
    f: toggleFollow,
    End: latest,
    Home: () => goTo(buffer.first),
    Escape: () => (fullScreen ? setFullScreen(false) : selection.clear()),
  });

  const title = sources.find(({ id }) => id === source)?.title ?? source;
  return (
    <section
      aria-label="Log viewer"
      className={
        fullScreen ? `${classes.root} ${classes.fullScreen}` : classes.root
      }
    >
      <LogToolbar
        sources={sources}
        source={source}
        previous={previous}
        onSource={onSource}
        search={search}
        searchRef={searchRef}
        following={follow.following}
        onFollow={toggleFollow}
        wrap={wrap}
        onWrap={() => setWrap(!wrap)}
        timestamps={timestamps}
        zone={zone}
        onTimestamps={() => setTimestamps(!timestamps)}
        fullScreen={fullScreen}
        onFullScreen={() => setFullScreen(!fullScreen)}
        selectedLines={range ? range.to - range.from + 1 : 0}
        {...actions}
      />
      <LogViewport
        label={`Log of ${run.name}: ${title}`}
        buffer={buffer}
        rows={rows}
        view={view}
        wrap={wrap}
        timestamps={timestamps}
        zone={zone}
        query={search.query}
        folds={folds}
        place={search.place}
        range={range}
        digits={digits}
        following={follow.following}
        unseen={follow.unseen}
        onJump={latest}
        onNumber={selection.select}
      />
      <LogStatusBar
        stream={log.stream}
        ended={log.ended}
        lines={buffer.lineCount}
        dropped={buffer.droppedLines}
        onRetry={log.retry}
      />
    </section>
  );
};
