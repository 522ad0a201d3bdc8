import Checkbox from '@material-ui/core/Checkbox';
import Popper, { type PopperProps } from '@material-ui/core/Popper';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Autocomplete from '@material-ui/lab/Autocomplete';
import { useId, useMemo } from 'react';
import { formatCount } from '../../states/formatCount';
import { shownOptions, type Choice, type Option } from './shownOptions';

const useStyles = makeStyles(theme => ({
  root: {
    flex: '1 1 140px',
    minWidth: 130,
    maxWidth: 240,
    background: theme.palette.background.paper,
    // Chosen values stay in one line.
    '& .MuiAutocomplete-inputRoot': { flexWrap: 'nowrap' },
    '& .MuiAutocomplete-input': { minWidth: 24 },
  },
  chosen: {
    flex: '0 1 auto',
    minWidth: 0,
    marginLeft: 6,
    overflow: 'hidden',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
    fontSize: 14,
  },
  option: { display: 'flex', alignItems: 'center', width: '100%', minWidth: 0 },
  note: { fontSize: 13, color: theme.palette.text.secondary },
  value: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
  count: {
    marginLeft: theme.spacing(1.5),
    color: theme.palette.text.secondary,
    fontVariantNumeric: 'tabular-nums',
  },
}));

/** The list may be wider than its field. */
const Choices = (props: PopperProps) => (
  <Popper
    {...props}
    placement="bottom-start"
    style={{ minWidth: props.style?.width, width: 300, maxWidth: '90vw' }}
  />
);

export interface FilterSelectProps {
  readonly label: string;
  readonly values: readonly string[];
  /** Undefined until they are known. */
  readonly choices?: readonly Choice[];
  /** Number of values that the server left out of the choices. */
  readonly others?: number;
  readonly describe: (value: string) => string;
  readonly onOpen: () => void;
  readonly onChange: (values: readonly string[]) => void;
  /** Why the choices aren't known. */
  readonly error?: Error;
}

/** Selects several values. Without a selection, all values count. */
export const FilterSelect = (props: FilterSelectProps) => {
  const { label, values, choices, others = 0, describe } = props;
  const { onOpen, onChange, error } = props;
  const classes = useStyles();
  const id = useId();
  const options = useMemo<Option[]>(() => {
    const known = new Set(choices?.map(({ value }) => value));
    const unknown = values.filter(value => !known.has(value));
    return [...(choices ?? []), ...unknown.map(value => ({ value }))];
  }, [choices, values]);
  const chosen = options.filter(({ value }) => values.includes(value));
  return (
    <Autocomplete
      multiple
      id={id}
      size="small"
      className={classes.root}
      options={options}
      value={chosen}
      disableCloseOnSelect
      PopperComponent={Choices}
      filterSelectedOptions={false}
      filterOptions={(all, { inputValue }) =>
        shownOptions(all, { typed: inputValue, describe, others })
      }
      getOptionDisabled={({ note }) => note !== undefined}
      loading={!choices && !error}
      noOptionsText={error ? `Couldn't load: ${error.message}` : 'No values'}
      getOptionLabel={({ value }) => describe(value)}
      getOptionSelected={(option, { value }) => option.value === value}
      onOpen={onOpen}
      onChange={(_, next) => onChange(next.map(({ value }) => value))}
      renderTags={tags => (
        <span className={classes.chosen}>
          {tags.map(({ value }) => describe(value)).join(', ')}
        </span>
      )}
      renderOption={({ value, count, note }, { selected }) =>
        note === undefined ? (
          <span className={classes.option}>
            <Checkbox
              size="small"
              color="primary"
              checked={selected}
              tabIndex={-1}
              inputProps={{ 'aria-hidden': true }}
            />
            <span className={classes.value}>{describe(value)}</span>
            {count !== undefined && (
              <span className={classes.count}>{formatCount(count)}</span>
            )}
          </span>
        ) : (
          <span className={classes.note}>{note}</span>
        )
      }
      renderInput={params => (
        <TextField {...params} variant="outlined" label={label} />
      )}
    />
  );
};
