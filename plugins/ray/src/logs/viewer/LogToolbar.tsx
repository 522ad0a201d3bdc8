import { makeStyles } from '@material-ui/core/styles';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import DownloadIcon from '@material-ui/icons/GetApp';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import FullscreenIcon from '@material-ui/icons/Fullscreen';
import FullscreenExitIcon from '@material-ui/icons/FullscreenExit';
import FollowIcon from '@material-ui/icons/VerticalAlignBottom';
import KeyboardIcon from '@material-ui/icons/KeyboardOutlined';
import LinkIcon from '@material-ui/icons/Link';
import WrapIcon from '@material-ui/icons/WrapText';
import type { LogSource } from '@ml-platform/rayjob';
import type { RefObject } from 'react';
import { SHORT_WINDOW } from '../../layout/shortWindow';
import { countLines } from './countLines';
import { GoToField } from './GoToField';
import { LogSearchField } from './LogSearchField';
import { LogSourceSelect } from './LogSourceSelect';
import type { TimeColumn } from './lineTimes';
import { TimesMenu } from './TimesMenu';
import { ToolButton } from './ToolButton';
import type { LogSearchView } from './useLogSearch';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexShrink: 0,
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
    padding: theme.spacing(1),
    borderBottom: `1px solid ${theme.palette.divider}`,
    background: theme.palette.background.paper,
    // One line that scrolls leaves room for some of the log.
    [SHORT_WINDOW]: {
      flexWrap: 'nowrap',
      overflowX: 'auto',
      padding: theme.spacing(0.5, 1),
      '& > *': { flexShrink: 0 },
    },
  },
  space: { flex: '1 1 0' },
  buttons: {
    display: 'flex',
    flexWrap: 'wrap',
    [SHORT_WINDOW]: { flexWrap: 'nowrap' },
  },
}));

export interface LogToolbarProps {
  readonly sources: readonly LogSource[];
  readonly source: string;
  readonly previous: boolean;
  readonly onSource: (id: string, previous: boolean) => void;
  readonly search: LogSearchView;
  readonly searchRef: RefObject<HTMLInputElement>;
  /** Whether lines that don't match are hidden. */
  readonly onlyMatches: boolean;
  readonly onOnlyMatches: () => void;
  /** True where only the lines that match are shown. */
  readonly filtered: boolean;
  readonly goToRef: RefObject<HTMLInputElement>;
  readonly onGoTo: (text: string) => void;
  readonly onFirstError: () => void;
  readonly following: boolean;
  readonly onFollow: () => void;
  readonly wrap: boolean;
  readonly onWrap: () => void;
  readonly times: TimeColumn;
  readonly onTimes: (column: TimeColumn) => void;
  /** Whether single letters do something. */
  readonly keys: boolean;
  readonly onKeys: () => void;
  readonly fullScreen: boolean;
  readonly onFullScreen: () => void;
  readonly selectedLines: number;
  readonly onCopy: () => void;
  /** True when there are more lines to copy than a clipboard is for. */
  readonly tooLong: boolean;
  /** False where a line may have another number when the log is read again. */
  readonly linkable: boolean;
  readonly onLink: () => void;
  readonly onDownload: () => void;
  readonly downloading: boolean;
}

function copyTitle(props: LogToolbarProps): string {
  const { tooLong, selectedLines, filtered } = props;
  if (tooLong) {
    return 'Too many lines to copy: select some by their numbers, or download the log';
  }
  if (filtered) {
    return selectedLines > 0
      ? `Copy those of ${countLines(selectedLines, 'selected')} that match`
      : 'Copy all lines that match';
  }
  return selectedLines > 0
    ? `Copy ${countLines(selectedLines, 'selected')}`
    : 'Copy all lines';
}

function linkTitle({ linkable, selectedLines }: LogToolbarProps): string {
  if (!linkable) {
    return 'Lines of merged logs have no lasting numbers; to link to a line, choose one source';
  }
  return selectedLines > 0
    ? 'Copy a link to the selected lines'
    : 'To copy a link to a line, click its number';
}

/** The actions on a log. */
export const LogToolbar = (props: LogToolbarProps) => {
  const classes = useStyles();
  const { selectedLines } = props;
  return (
    <div className={classes.root} role="toolbar" aria-label="Log">
      <LogSourceSelect
        sources={props.sources}
        source={props.source}
        previous={props.previous}
        onSource={props.onSource}
      />
      <LogSearchField
        search={props.search}
        inputRef={props.searchRef}
        onlyMatches={props.onlyMatches}
        onOnlyMatches={props.onOnlyMatches}
      />
      <GoToField inputRef={props.goToRef} onGo={props.onGoTo} />
      <span className={classes.space} />
      <span className={classes.buttons}>
        <ToolButton
          title="First error (next: e, previous: E)"
          onClick={props.onFirstError}
        >
          <ErrorIcon />
        </ToolButton>
        <ToolButton
          title="Follow the end (f)"
          pressed={props.following}
          onClick={props.onFollow}
        >
          <FollowIcon />
        </ToolButton>
        <ToolButton
          title="Wrap long lines"
          pressed={props.wrap}
          onClick={props.onWrap}
        >
          <WrapIcon />
        </ToolButton>
        <TimesMenu column={props.times} onColumn={props.onTimes} />
        <ToolButton
          title="Keys that are single characters, such as / and n"
          pressed={props.keys}
          onClick={props.onKeys}
        >
          <KeyboardIcon />
        </ToolButton>
        <ToolButton
          title={copyTitle(props)}
          disabled={props.tooLong}
          onClick={props.onCopy}
        >
          <CopyIcon />
        </ToolButton>
        <ToolButton
          title={linkTitle(props)}
          disabled={selectedLines === 0 || !props.linkable}
          onClick={props.onLink}
        >
          <LinkIcon />
        </ToolButton>
        <ToolButton
          title={props.downloading ? 'Downloading…' : 'Download the whole log'}
          disabled={props.downloading}
          onClick={props.onDownload}
        >
          <DownloadIcon />
        </ToolButton>
        <ToolButton
          title={props.fullScreen ? 'Exit full screen (Esc)' : 'Full screen'}
          pressed={props.fullScreen}
          onClick={props.onFullScreen}
        >
          {props.fullScreen ? <FullscreenExitIcon /> : <FullscreenIcon />}
        </ToolButton>
      </span>
    </div>
  );
};
