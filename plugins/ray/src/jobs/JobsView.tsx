import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { JobFilter } from '@ml-platform/rayjob';
import { useMemo } from 'react';
import { SectionBoundary } from '../foreign/SectionBoundary';
import { StreamNotice } from '../streams/StreamNotice';
import { TimeZoneSelect } from '../times/TimeZoneSelect';
import { ChangeAnnouncer } from './ChangeAnnouncer';
import { ClusterBanners } from './ClusterBanners';
import { JobFilters } from './JobFilters';
import { JobsEmpty } from './JobsEmpty';
import { JobsTable } from './JobsTable';
import { StateSummary } from './StateSummary';
import { useFilterChoices } from './useFilterChoices';
import { PAGE_SIZE, useJobList } from './useJobList';
import { MAX_ROWS, useListQuery } from './useListQuery';
import { useStateCounts } from './useStateCounts';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(2) },
  more: {
    display: 'flex',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(2),
    flexWrap: 'wrap',
  },
}));

export interface JobsViewProps {
  /** Part of the filter that the user can't change. */
  readonly fixed?: JobFilter;
  /** Reference to the workload for a new job. */
  readonly workload?: string;
}

const NOTHING_FIXED: JobFilter = {};

/** The live list of jobs with its filters and counts. */
export const JobsView = ({
  fixed = NOTHING_FIXED,
  workload,
}: JobsViewProps) => {
  const classes = useStyles();
  const query = useListQuery();
  const filter = useMemo(
    () => ({ ...query.filter, ...fixed }),
    [query.filter, fixed],
  );
  const list = useJobList({ filter, sort: query.sort }, query.rows);
  const counts = useStateCounts(list, filter);
  const choices = useFilterChoices(list);
  const empty = list.loaded && !list.outdated && list.rows.length === 0;
  const failed = list.stream.kind === 'failed';
  const fixedKeys = Object.keys(fixed) as (keyof JobFilter)[];
  const incomplete = list.clusters.some(({ ok }) => !ok);
  return (
    <div className={classes.root}>
      <SectionBoundary what="the summary" data={counts}>
        <StateSummary
          counts={counts}
          selected={query.filter.state ?? []}
          onSelect={state => query.setFilter({ state })}
        />
      </SectionBoundary>
      <SectionBoundary what="the filters" data={choices}>
        <JobFilters
          filter={query.filter}
          choices={choices}
          hidden={fixedKeys}
          onChange={query.setFilter}
          onClear={query.clear}
        />
      </SectionBoundary>
      <StreamNotice state={list.stream} what="this list" onRetry={list.retry} />
      <ClusterBanners clusters={list.clusters} />
      {empty ? (
        <JobsEmpty
          filtered={query.filtered}
          incomplete={incomplete}
          onClear={query.clear}
          workload={workload}
        />
      ) : (
        (list.loaded || !failed) && (
          <JobsTable
            jobs={list.rows}
            loading={!list.loaded}
            busy={!failed && (!list.loaded || list.outdated)}
            outdated={list.outdated}
            order={query.order}
            onSort={query.setSort}
          />
        )
      )}
      {list.loaded && !empty && (
        <div className={classes.more}>
          <Typography variant="body2" color="textSecondary">
            {list.rows.length} of {list.total} jobs
            {incomplete && ' so far'}
          </Typography>
          {list.nextCursor && query.rows < MAX_ROWS && (
            <Button
              variant="outlined"
              disabled={list.outdated}
              onClick={() => query.setRows(query.rows + PAGE_SIZE)}
            >
              Show {PAGE_SIZE} more
            </Button>
          )}
          {list.nextCursor && query.rows >= MAX_ROWS && (
            <Typography variant="body2" color="textSecondary">
              To see the rest, narrow the list with a filter.
            </Typography>
          )}
          <TimeZoneSelect />
        </div>
      )}
      <ChangeAnnouncer jobs={list.rows} />
    </div>
  );
};
