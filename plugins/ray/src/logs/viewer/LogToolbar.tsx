import { makeStyles } from '@material-ui/core/styles';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import DownloadIcon from '@material-ui/icons/GetApp';
import FullscreenIcon from '@material-ui/icons/Fullscreen';
import FullscreenExitIcon from '@material-ui/icons/FullscreenExit';
import FollowIcon from '@material-ui/icons/VerticalAlignBottom';
import LinkIcon from '@material-ui/icons/Link';
import TimeIcon from '@material-ui/icons/Schedule';
import WrapIcon from '@material-ui/icons/WrapText';
import type { LogSource } from '@ml-platform/rayjob';
import type { RefObject } from 'react';
import { countLines } from './countLines';
import { LogSearchField } from './LogSearchField';
import { LogSourceSelect } from './LogSourceSelect';
import { ToolButton } from './ToolButton';
import type { LogSearchView } from './useLogSearch';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: theme.spacing(0.5, 1),
    padding: theme.spacing(1),
    borderBottom: `1px solid ${theme.palette.divider}`,
    background: theme.palette.background.paper,
  },
  space: { flex: '1 1 0' },
  buttons: { display: 'flex', flexWrap: 'wrap' },
}));

export interface LogToolbarProps {
  readonly sources: readonly LogSource[];
  readonly source: string;
  readonly previous: boolean;
  readonly onSource: (id: string, previous: boolean) => void;
  readonly search: LogSearchView;
  readonly searchRef: RefObject<HTMLInputElement>;
  readonly following: boolean;
  readonly onFollow: () => void;
  readonly wrap: boolean;
  readonly onWrap: () => void;
  readonly timestamps: boolean;
  readonly zone: string;
  readonly onTimestamps: () => void;
  readonly fullScreen: boolean;
  readonly onFullScreen: () => void;
  readonly selectedLines: number;
  readonly onCopy: () => void;
  readonly onLink: () => void;
  readonly onDownload: () => void;
  readonly downloading: boolean;
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
      <LogSearchField search={props.search} inputRef={props.searchRef} />
      <span className={classes.space} />
      <span className={classes.buttons}>
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
        <ToolButton
          title={`Show times (${props.zone})`}
          pressed={props.timestamps}
          onClick={props.onTimestamps}
        >
          <TimeIcon />
        </ToolButton>
        <ToolButton
          title={
            selectedLines > 0
              ? `Copy ${countLines(selectedLines, 'selected')}`
              : 'Copy all lines'
          }
          onClick={props.onCopy}
        >
          <CopyIcon />
        </ToolButton>
        <ToolButton
          title={
            selectedLines > 0
              ? 'Copy a link to the selected lines'
              : 'To copy a link to a line, click its number'
          }
          disabled={selectedLines === 0}
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
