import { makeStyles } from '@material-ui/core/styles';
import type { LogSource } from '@ml-platform/rayjob';
import TrapFocus from '@material-ui/core/Unstable_TrapFocus';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { RunRef } from '../api/RayApi';
import { SHORT_WINDOW } from '../layout/shortWindow';
import { useTimeZone } from '../times/useTimeZone';
import { useLineTimes } from './useLineTimes';
import { useLogFile } from './useLogFile';
import { useLogActions } from './useLogActions';
import { useLogSettings } from './useLogSettings';
import { useLogView, type LogView } from './useLogView';
import { useMatchedLines } from './useMatchedLines';
import { LogStatusBar } from './viewer/LogStatusBar';
import { LogToolbar } from './viewer/LogToolbar';
import { LogViewport } from './viewer/LogViewport';
import { useCharWidth } from './viewer/useCharWidth';
import { useFollow } from './viewer/useFollow';
import { useGoTo } from './viewer/useGoTo';
import { useLineSelection } from './viewer/useLineSelection';
import { useLogKeys } from './viewer/useLogKeys';
import { useLogSearch, type SearchPlace } from './viewer/useLogSearch';
import { useLinkedLine } from './viewer/useLinkedLine';
import { useSourceColors } from './viewer/useSourceColors';
import { END_COLUMNS, TIME_COLUMNS } from './viewer/useRowStyles';
import { useViewSize } from './viewer/useViewSize';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexDirection: 'column',
    height: '100%',
    minHeight: 320,
    [SHORT_WINDOW]: { minHeight: 0 },
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
  /** What the job waits for before it has any log. */
  readonly waiting?: string;
  readonly sources: readonly LogSource[];
  readonly source: string;
  readonly previous: boolean;
  readonly onSource: (id: string, previous: boolean) => void;
}

/** Shows one log of a job, live. */
export const LogViewer = (props: LogViewerProps) => {
  const { run, attempt, waiting, sources, source, previous, onSource } = props;
  const classes = useStyles();
  const settings = useLogSettings();
  const { wrap, times } = settings;
  const zone = useTimeZone();
  const [fullScreen, setFullScreen] = useState(false);
  const [onlyMatches, setOnlyMatches] = useState(false);
  const rootRef = useRef<HTMLElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const goToRef = useRef<HTMLInputElement>(null);

  const log = useLogFile({ run, source, previous, attempt, waiting });
  const { file, version } = log;
  const colorOf = useSourceColors(sources);
  const selection = useLineSelection();
  const { range } = selection;
  const follow = useFollow(file, range === undefined);
  const { setFollowing } = follow;

  const shown = file.facts.source || source;
  const query = useMemo(() => ({ source: shown, previous }), [shown, previous]);
  const lineTimes = useLineTimes({
    run,
    log: query,
    file,
    column: times,
    zone,
  });
  const held = useRef<Pick<LogView, 'from' | 'goToMatch'>>();
  const search = useLogSearch({
    run,
    log: query,
    file,
    version,
    from: useCallback(() => held.current?.from() ?? 1, []),
    onStep: useCallback(
      (place: SearchPlace) => held.current?.goToMatch(place),
      [],
    ),
  });
  const isFiltered = onlyMatches && search.isOn;
  const matched = useMatchedLines({
    file,
    found: search.found,
    isOn: isFiltered,
  });

  const viewRef = useRef<HTMLDivElement>(null);
  const charWidth = useCharWidth(viewRef);
  const size = useViewSize(viewRef);
  const digits = Math.max(3, String(file.lastLine).length);
  const timeColumns = times === 'off' ? 0 : TIME_COLUMNS;
  const gutter = digits + 3 + END_COLUMNS + timeColumns;
  const columns = wrap
    ? Math.max(20, Math.floor(size.width / charWidth) - gutter)
    : Infinity;
  const logView = useLogView({
    ref: viewRef,
    size,
    columns,
    file,
    version,
    matched,
    find: search.find,
    follow,
    onShowAll: useCallback(() => setOnlyMatches(false), []),
  });
  const { from, goTo } = logView;
  useEffect(() => {
    held.current = logView;
  });

  const linked = useLinkedLine({ file, version, range, goTo });
  const { open } = linked;
  const { choose } = selection;
  const onLine = useCallback(
    (number: number) => {
      choose(number);
      open(number);
    },
    [choose, open],
  );
  const day = useCallback(
    () => file.line(from())?.time ?? new Date().toISOString(),
    [file, from],
  );
  const place = useGoTo({ run, log: query, zone, day, onLine });
  const actions = useLogActions({
    ...{ run, source, previous, file, range },
    matched: isFiltered ? search.found : undefined,
  });
  const toggleFollow = () => setFollowing(!follow.following);
  const toggleOnlyMatches = () => setOnlyMatches(!onlyMatches);
  const latest = () => setFollowing(true);
  const toError = (by: 1 | -1, begin?: number) =>
    search.stepTo({ level: 'error' }, by, begin);
  useLogKeys(rootRef, settings.keys, {
    '/': () => searchRef.current?.focus(),
    g: () => goToRef.current?.focus(),
    e: () => toError(1),
    E: () => toError(-1),
    n: () => search.step(1),
    N: () => search.step(-1),
    o: toggleOnlyMatches,
    f: toggleFollow,
    End: latest,
    Home: logView.goToStart,
    Escape: () => (fullScreen ? setFullScreen(false) : selection.clear()),
  });

  const title = sources.find(({ id }) => id === source)?.title ?? source;
  return (
    <TrapFocus
      open={fullScreen}
      getDoc={() => document}
      // A menu holds the focus while it is open.
      isEnabled={() => !document.querySelector('.MuiPopover-root')}
      disableRestoreFocus
    >
      <section
        ref={rootRef}
        tabIndex={-1}
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
          onlyMatches={onlyMatches}
          onOnlyMatches={toggleOnlyMatches}
          filtered={isFiltered}
          goToRef={goToRef}
          onGoTo={place.goTo}
          onFirstError={() => toError(1, 0)}
          following={follow.following}
          onFollow={toggleFollow}
          wrap={wrap}
          onWrap={() => settings.setWrap(!wrap)}
          times={times}
          onTimes={settings.setTimes}
          keys={settings.keys}
          onKeys={() => settings.setKeys(!settings.keys)}
          fullScreen={fullScreen}
          onFullScreen={() => setFullScreen(!fullScreen)}
          selectedLines={range ? range.to - range.from + 1 : 0}
          linkable={file.facts.lasting}
          {...actions}
        />
        <LogViewport
          label={`Log of ${run.name}: ${title}`}
          places={logView.places}
          version={version + (matched?.version ?? 0)}
          rows={logView.rows}
          view={logView.view}
          wrap={wrap}
          times={lineTimes.times}
          colorOf={colorOf}
          find={search.find}
          folds={logView.folds}
          json={logView.json}
          place={search.place}
          range={range}
          digits={digits}
          following={follow.following}
          unseen={matched ? 0 : follow.unseen}
          onShow={matched?.show ?? log.show}
          onJump={latest}
          onNumber={selection.select}
        />
        <LogStatusBar
          stream={log.stream}
          file={file}
          shown={isFiltered ? search.count : undefined}
          failure={matched ? matched.failure : log.failure}
          absent={place.problem ?? linked.absent}
          timeless={lineTimes.problem}
          onRetry={log.retry}
        />
      </section>
    </TrapFocus>
  );
};
