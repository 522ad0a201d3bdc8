import IconButton from '@material-ui/core/IconButton';
import InputAdornment from '@material-ui/core/InputAdornment';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import DownIcon from '@material-ui/icons/KeyboardArrowDown';
import UpIcon from '@material-ui/icons/KeyboardArrowUp';
import SearchIcon from '@material-ui/icons/Search';
import type { KeyboardEvent, RefObject } from 'react';
import { countLines } from './countLines';
import type { LogSearchView } from './useLogSearch';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', alignItems: 'center', flex: '1 1 220px' },
  field: { flex: '1 1 140px', maxWidth: 320 },
  count: {
    marginLeft: theme.spacing(1),
    minWidth: 72,
    fontSize: 12,
    whiteSpace: 'nowrap',
    fontVariantNumeric: 'tabular-nums',
    color: theme.palette.text.secondary,
  },
}));

export interface LogSearchFieldProps {
  readonly search: LogSearchView;
  readonly inputRef: RefObject<HTMLInputElement>;
}

/** Finds matches. Enter goes to the next one, and Shift+Enter to the previous one. */
export const LogSearchField = ({ search, inputRef }: LogSearchFieldProps) => {
  const classes = useStyles();
  const { count, position, query, scanning } = search;
  const none = query !== '' && count === 0 && !scanning;
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === 'Enter') {
      event.preventDefault();
      search.step(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      search.setQuery('');
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
        placeholder="Find in log ( / )"
        value={query}
        error={none}
        onChange={event => search.setQuery(event.target.value)}
        onKeyDown={onKeyDown}
        inputRef={inputRef}
        inputProps={{ 'aria-label': 'Find in log' }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
        }}
      />
      {query && (
        <>
          <span className={classes.count} role="status">
            {none
              ? 'No matches'
              : `${position > 0 ? `${position} of ` : ''}${countLines(count)}`}
            {scanning && '…'}
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
