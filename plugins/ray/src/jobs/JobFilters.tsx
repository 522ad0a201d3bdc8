import Button from '@material-ui/core/Button';
import InputAdornment from '@material-ui/core/InputAdornment';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import SearchIcon from '@material-ui/icons/Search';
import type { JobFilter, JobState } from '@ml-platform/rayjob';
import { SEARCH_MAX_LENGTH } from '../api/JobListRequest';
import { ALL_STATES, stateLook } from '../states/stateLook';
import { FilterSelect } from './FilterSelect';
import type { FilterChoices } from './useFilterChoices';
import { useSearchText } from './useSearchText';
import { foreignText } from '../foreign/foreignText';
import { ownerName } from '../foreign/ownerRef';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1.5),
  },
  search: {
    flex: '1 1 240px',
    background: theme.palette.background.paper,
  },
}));

export interface JobFiltersProps {
  readonly filter: JobFilter;
  readonly choices: FilterChoices;
  readonly onChange: (change: Partial<JobFilter>) => void;
  readonly onClear: () => void;
  /** Parts of the filter that the page sets itself. */
  readonly hidden?: readonly (keyof JobFilter)[];
}

const FIELDS = [
  { key: 'cluster', label: 'Cluster' },
  { key: 'namespace', label: 'Namespace' },
  { key: 'workload', label: 'Workload' },
  { key: 'owner', label: 'Owner' },
] as const;

/** The filters of the list. */
export const JobFilters = ({
  filter,
  choices,
  onChange,
  onClear,
  hidden = [],
}: JobFiltersProps) => {
  const classes = useStyles();
  const search = useSearchText(filter.q ?? '', q => onChange({ q }));
  const filtered = Object.keys(filter).some(
    key => !hidden.includes(key as keyof JobFilter),
  );
  return (
    <div
      className={classes.root}
      role="search"
      aria-label="Filter training jobs"
    >
      <TextField
        className={classes.search}
        size="small"
        variant="outlined"
        placeholder="Search jobs"
        value={search.text}
        onChange={event => search.setText(event.target.value)}
        helperText={
          search.cut &&
          `A search has at most ${SEARCH_MAX_LENGTH} characters. The rest was cut off.`
        }
        inputProps={{ 'aria-label': 'Search training jobs', type: 'search' }}
        InputProps={{
          startAdornment: (
            <InputAdornment position="start">
              <SearchIcon fontSize="small" />
            </InputAdornment>
          ),
        }}
      />
      <FilterSelect
        label="State"
        values={filter.state ?? []}
        choices={ALL_STATES}
        describe={state => stateLook(state as JobState).label}
        onChange={state => onChange({ state: state as JobState[] })}
      />
      {FIELDS.filter(({ key }) => !hidden.includes(key)).map(
        ({ key, label }) => (
          <FilterSelect
            key={key}
            label={label}
            values={filter[key] ?? []}
            choices={choices[key]}
            describe={value =>
              key === 'owner' ? ownerName(value) : foreignText(value)
            }
            onChange={values => onChange({ [key]: values })}
          />
        ),
      )}
      {filtered && (
        <Button size="small" onClick={onClear}>
          Clear filters
        </Button>
      )}
    </div>
  );
};
