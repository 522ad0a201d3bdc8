import IconButton from '@material-ui/core/IconButton';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Tooltip from '@material-ui/core/Tooltip';
import CopyIcon from '@material-ui/icons/FileCopyOutlined';
import DownloadIcon from '@material-ui/icons/GetApp';
import FullscreenIcon from '@material-ui/icons/Fullscreen';
import FullscreenExitIcon from '@material-ui/icons/FullscreenExit';
import FollowIcon from '@material-ui/icons/VerticalAlignBottom';
import LinkIcon from '@material-ui/icons/Link';
import TimeIcon from '@material-ui/icons/Schedule';
import WrapIcon from '@material-ui/icons/WrapText';
import type { LogSource } from '@ml-platform/backstage-plugin-ray-common';
import type { ReactNode, RefObject } from 'react';
import { LogSearchField } from './LogSearchField';
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
  source: { minWidth: 180, maxWidth: 320, flex: '0 1 260px' },
  space: { flex: '1 1 0' },
  buttons: { display: 'flex', flexWrap: 'wrap' },
}));

interface ToolProps {
  readonly title: string;
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

const Tool = ({ title, pressed, disabled, onClick, children }: ToolProps) => (
  <Tooltip title={title}>
    <span>
      <IconButton
        size="small"
        aria-label={title}
        aria-pressed={pressed}
        color={pressed ? 'primary' : 'default'}
        disabled={disabled}
        onClick={onClick}
      >
        {children}
      </IconButton>
    </span>
  </Tooltip>
);

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
  readonly onTimestamps: () => void;
  readonly fullScreen: boolean;
  readonly onFullScreen: () => void;
  readonly selectedLines: number;
  readonly onCopy: () => void;
  readonly onLink: () => void;
  readonly onDownload: () => void;
  readonly downloading: boolean;
}

const PREVIOUS = 'previous:';

/** What can be done with a log. */
export const LogToolbar = (props: LogToolbarProps) => {
  const classes = useStyles();
  const { source, previous, selectedLines } = props;
  const containers = props.sources.filter(({ kind }) => kind === 'container');
  return (
    <div className={classes.root} role="toolbar" aria-label="Log">
      <TextField
        select
        className={classes.source}
        size="small"
        variant="outlined"
        label="Source"
        value={previous ? `${PREVIOUS}${source}` : source}
        onChange={({ target: { value } }) =>
          props.onSource(
            value.replace(PREVIOUS, ''),
            value.startsWith(PREVIOUS),
          )
        }
        SelectProps={{ MenuProps: { getContentAnchorEl: null } }}
      >
        {props.sources.map(({ id, title }) => (
          <MenuItem key={id} value={id} dense>
            {title}
          </MenuItem>
        ))}
        {containers.map(({ id, title }) => (
          <MenuItem key={`${PREVIOUS}${id}`} value={`${PREVIOUS}${id}`} dense>
            {title} (before its last restart)
          </MenuItem>
        ))}
      </TextField>
      <LogSearchField search={props.search} inputRef={props.searchRef} />
      <span className={classes.space} />
      <span className={classes.buttons}>
        <Tool
          title="Follow the end (f)"
          pressed={props.following}
          onClick={props.onFollow}
        >
          <FollowIcon />
        </Tool>
        <Tool
          title="Wrap long lines"
          pressed={props.wrap}
          onClick={props.onWrap}
        >
          <WrapIcon />
        </Tool>
        <Tool
          title="Show times"
          pressed={props.timestamps}
          onClick={props.onTimestamps}
        >
          <TimeIcon />
        </Tool>
        <Tool
          title={
            selectedLines > 0
              ? `Copy ${selectedLines} selected lines`
              : 'Copy all lines that are here'
          }
          onClick={props.onCopy}
        >
          <CopyIcon />
        </Tool>
        <Tool
          title={
            selectedLines > 0
              ? 'Copy a link to the selected lines'
              : 'Select a line by its number to copy a link to it'
          }
          disabled={selectedLines === 0}
          onClick={props.onLink}
        >
          <LinkIcon />
        </Tool>
        <Tool
          title={props.downloading ? 'Downloading…' : 'Download the whole log'}
          disabled={props.downloading}
          onClick={props.onDownload}
        >
          <DownloadIcon />
        </Tool>
        <Tool
          title={props.fullScreen ? 'Leave full screen (Esc)' : 'Full screen'}
          pressed={props.fullScreen}
          onClick={props.onFullScreen}
        >
          {props.fullScreen ? <FullscreenExitIcon /> : <FullscreenIcon />}
        </Tool>
      </span>
    </div>
  );
};
