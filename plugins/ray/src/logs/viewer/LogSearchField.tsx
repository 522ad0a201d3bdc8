import IconButton from '@material-ui/core/IconButton';
import InputAdornment from '@material-ui/core/InputAdornment';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import DownIcon from '@material-ui/icons/KeyboardArrowDown';
import UpIcon from '@material-ui/icons/KeyboardArrowUp';
import FilterIcon from '@material-ui/icons/FilterList';
import SearchIcon from '@material-ui/icons/Search';
import {
  LONGEST_LINE_SEARCH,
  MATCHED_CHARACTERS,
} from '@ml-platform/backstage-plugin-ray-common';
import type { KeyboardEvent, RefObject } from 'react';
import { countLines } from './countLines';
import { LevelSelect } from './LevelSelect';
import { ToolButton } from './ToolButton';
import type { LogSearchView } from './useLogSearch';

const REGEX_HINT = `It searches about the first ${MATCHED_CHARACTERS.toLocaleString()} characters of a line. A long expression searches fewer.`;

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    alignItems: 'center',
    flex: '1 1 460px',
    gap: theme.spacing(0.5),
    // On a phone, its parts share lines with the rest of the toolbar.
    [theme.breakpoints.down('xs')]: { display: 'contents' },
  },
  field: { flex: '1 1 160px', maxWidth: 320 },
  sign: { fontSize: 13, lineHeight: 1, fontFamily: 'monospace' },
  count: {
    minWidth: 72,
    fontSize: 12,
    fontVariantNumeric: 'tabular-nums',
    color: theme.palette.text.secondary,
  },
  failure: { color: theme.palette.error.main },
}));

export interface LogSearchFieldProps {
  readonly search: LogSearchView;
  readonly inputRef: RefObject<HTMLInputElement>;
  /** Whether lines that don't match are hidden. */
  readonly onlyMatches: boolean;
  readonly onOnlyMatches: () => void;
}

/** What a search has found, in words. */
function foundText({ count, place, scanning, failure }: LogSearchView): string {
  if (failure) {
    return failure.message;
  }
  if (count === 0 && !scanning) {
    return 'No matches';
  }
  const position = place ? `${place.position.toLocaleString()} of ` : '';
  return `${position}${countLines(count)}${scanning ? '…' : ''}`;
}

/** Finds matches. Enter goes to the next one, and Shift+Enter to the previous one. */
export const LogSearchField = (props: LogSearchFieldProps) => {
  const { search, inputRef } = props;
  const classes = useStyles();
  const { count, query, isOn, setQuery, failure } = search;
  const { q = '', regex = false, matchCase = false } = query;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      search.step(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      setQuery({ ...query, q: '' });
      inputRef.current?.blur();
      event.stopPropagation();
    }
  };
  return (
    <div className={classes.root}>
      <TextField
        className={classes.field}
        size="small"
        variant="outlined"
        placeholder="Find in log (/)"
        value={q}
        error={failure !== undefined}
        onChange={event => setQuery({ ...query, q: event.target.value })}
        onKeyDown={onKeyDown}
        inputRef={inputRef}
        inputProps={{
          'aria-label': 'Find in log',
          maxLength: LONGEST_LINE_SEARCH,
        }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
        }}
      />
      <ToolButton
        title="Match case"
        pressed={matchCase}
        onClick={() => setQuery({ ...query, matchCase: !matchCase })}
      >
        <span className={classes.sign}>Aa</span>
      </ToolButton>
      <ToolButton
        title="Regular expression"
        hint={REGEX_HINT}
        pressed={regex}
        onClick={() => setQuery({ ...query, regex: !regex })}
      >
        <span className={classes.sign}>.*</span>
      </ToolButton>
      <LevelSelect
        choice={query}
        onChange={({ level, orWorse }) =>
          setQuery({ ...query, level, orWorse })
        }
      />
      <ToolButton
        title="Show only lines that match (o)"
        pressed={props.onlyMatches}
        disabled={!isOn}
        onClick={props.onOnlyMatches}
      >
        <FilterIcon fontSize="small" />
      </ToolButton>
      {isOn && (
        <>
          <span
            className={`${classes.count} ${failure ? classes.failure : ''}`}
            role="status"
          >
            {foundText(search)}
          </span>
          <IconButton
            size="small"
            aria-label="Previous match (N)"
            disabled={count === 0}
            onClick={() => search.step(-1)}
          >
            <UpIcon />
          </IconButton>
          <IconButton
            size="small"
            aria-label="Next match (n)"
            disabled={count === 0}
            onClick={() => search.step(1)}
          >
            <DownIcon />
          </IconButton>
        </>
      )}
    </div>
  );
};
