import Button from '@material-ui/core/Button';
import InputAdornment from '@material-ui/core/InputAdornment';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import SearchIcon from '@material-ui/icons/Search';
import type { JobFacets } from '@ml-platform/backstage-plugin-ray-common';
import type { JobFilter } from '@ml-platform/rayjob';
import { memo, useMemo, type ReactNode } from 'react';
import { SEARCH_MAX_LENGTH } from '../../api/JobListRequest';
import { foreignText } from '../../foreign/foreignText';
import { ownerName } from '../../foreign/ownerRef';
import { ALL_STATES, stateLook } from '../../states/stateLook';
import { useSearchText } from '../useSearchText';
import type { DateRange } from './dateRange';
import { DateRangeSelect } from './DateRangeSelect';
import { FilterSelect } from './FilterSelect';
import { MyJobsButton } from './MyJobsButton';
import { useJobFacets } from './useJobFacets';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'flex-start',
    gap: theme.spacing(1.5),
  },
  // As high as the fields beside it.
  clear: { height: 40 },
  search: {
    flex: '1 1 240px',
    background: theme.palette.background.paper,
  },
}));

export interface JobFiltersProps {
  /** What the user chose. */
  readonly filter: JobFilter;
  readonly dates: DateRange;
  /** Part of the filter that the page sets itself. */
  readonly fixed: JobFilter;
  /** Both together. */
  readonly all: JobFilter;
  readonly onChange: (change: Partial<JobFilter>) => void;
  readonly onDates: (dates: DateRange) => void;
  readonly onClear: () => void;
  /** Shown after the filters. */
  readonly children?: ReactNode;
}

const FIELDS = [
  { key: 'cluster', label: 'Cluster', describe: foreignText },
  { key: 'namespace', label: 'Namespace', describe: foreignText },
  { key: 'workload', label: 'Workload', describe: foreignText },
  { key: 'owner', label: 'Owner', describe: ownerName },
] as const;

/** Names in the order that people expect: 9 before 10. */
const NATURAL = new Intl.Collator(undefined, { numeric: true });

function sortChoices(facets: JobFacets) {
  const sorted = FIELDS.map(({ key, describe }) => {
    const values = [...facets[key].values];
    values.sort((a, b) =>
      NATURAL.compare(describe(a.value), describe(b.value)),
    );
    return [key, values] as const;
  });
  return Object.fromEntries(sorted);
}

const describeState = (name: string) => {
  const state = ALL_STATES.find(each => each === name);
  return state ? stateLook(state).label : name;
};

/** The filters of the list. */
export const JobFilters = memo((props: JobFiltersProps) => {
  const { filter, dates, fixed, all, onChange, onDates } = props;
  const { onClear, children } = props;
  const classes = useStyles();
  const search = useSearchText(filter.q ?? '', q => onChange({ q }));
  const { facets, error, load } = useJobFacets(all);
  const choices = useMemo(() => facets && sortChoices(facets), [facets]);
  const counts = new Map(
    facets?.state.values.map(({ value, count }) => [value, count]),
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
        choices={ALL_STATES.map(value => ({
          value,
          count: facets && (counts.get(value) ?? 0),
        }))}
        describe={describeState}
        onOpen={load}
        onChange={names =>
          onChange({ state: ALL_STATES.filter(state => names.includes(state)) })
        }
      />
      {FIELDS.filter(({ key }) => !fixed[key]).map(
        ({ key, label, describe }) => (
          <FilterSelect
            key={key}
            label={label}
            values={filter[key] ?? []}
            choices={choices?.[key]}
            others={facets?.[key].others}
            describe={describe}
            error={error}
            onOpen={load}
            onChange={values => onChange({ [key]: values })}
          />
        ),
      )}
      <DateRangeSelect dates={dates} onChange={onDates} />
      {!fixed.owner && (
        <MyJobsButton
          owners={filter.owner}
          onChange={owner => onChange({ owner })}
        />
      )}
      {children}
      {Object.keys(filter).length > 0 && (
        <Button size="small" className={classes.clear} onClick={onClear}>
          Clear filters
        </Button>
      )}
    </div>
  );
});
