import { makeStyles } from '@material-ui/core/styles';
import type { JobFilter } from '@ml-platform/rayjob';
import { useMemo, useState, useSyncExternalStore } from 'react';
import { SectionBoundary } from '../foreign/SectionBoundary';
import { StreamNotice } from '../streams/StreamNotice';
import { ChangeAnnouncer } from './ChangeAnnouncer';
import { ClusterBanners } from './ClusterBanners';
import { JobFilters } from './filters/JobFilters';
import { JobsEmpty } from './JobsEmpty';
import { JobsTable } from './JobsTable';
import { ListFooter } from './ListFooter';
import { useListPlace } from './places/useListPlace';
import { FIRST_PAGE, LARGEST_PAGE } from './rows/pageSizes';
import { useJobList } from './rows/useJobList';
import type { JobListStore } from './rows/JobListStore';
import { StateSummary } from './StateSummary';
import { useListQuery } from './useListQuery';
import { ViewsMenu } from './views/ViewsMenu';

const useStyles = makeStyles(theme => ({
  root: { display: 'flex', flexDirection: 'column', gap: theme.spacing(2) },
}));

export interface JobsViewProps {
  /** Part of the filter that the user can't change. */
  readonly fixed?: JobFilter;
  /** Reference to the workload for a new job. */
  readonly workload?: string;
}

const NOTHING_FIXED: JobFilter = {};

/** True for a list that is known to have no rows; drawn again only when that changes. */
function useIsEmpty(store: JobListStore): boolean {
  return useSyncExternalStore(
    store.subscribe,
    () => store.facts.loaded && !store.facts.outdated && store.rows.size === 0,
  );
}

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
  const place = useListPlace();
  const [first] = useState(query.view);
  const rows = place && query.view === first ? place.rows : 0;
  const list = useJobList(
    { filter, sort: query.sort },
    Math.min(LARGEST_PAGE, Math.max(FIRST_PAGE, rows)),
  );
  const { store, facts, pages, stream } = list;
  const { loaded, outdated, clusters } = facts;
  const { view, setView } = query;
  // The same element until it changes, so that the filters aren't drawn with each row.
  const views = useMemo(
    () =>
      fixed === NOTHING_FIXED && <ViewsMenu view={view} onChoose={setView} />,
    [fixed, view, setView],
  );
  const empty = useIsEmpty(store);
  const failed = stream.kind === 'failed';
  const incomplete = clusters.some(({ ok }) => !ok);
  return (
    <div className={classes.root}>
      <SectionBoundary what="the summary" data={facts.states}>
        <StateSummary
          counts={facts.states}
          selected={query.filter.state ?? []}
          onSelect={state => query.setFilter({ state })}
        />
      </SectionBoundary>
      <SectionBoundary what="the filters" data={filter}>
        <JobFilters
          filter={query.filter}
          dates={query.dates}
          fixed={fixed}
          all={filter}
          onChange={query.setFilter}
          onDates={query.setDates}
          onClear={query.clear}
        >
          {views}
        </JobFilters>
      </SectionBoundary>
      <StreamNotice state={stream} what="this list" onRetry={list.retry} />
      <ClusterBanners clusters={clusters} />
      {empty ? (
        <JobsEmpty
          filtered={query.filtered}
          incomplete={incomplete}
          onClear={query.clear}
          workload={workload}
        />
      ) : (
        (loaded || !failed) && (
          <JobsTable
            store={store}
            total={facts.total}
            loading={!loaded}
            busy={!failed && (!loaded || outdated)}
            outdated={outdated}
            refilling={facts.missing > 0}
            order={query.order}
            onSort={query.setSort}
            onEnd={pages.load}
            place={place}
          />
        )
      )}
      {loaded && !empty && <ListFooter list={list} incomplete={incomplete} />}
      <ChangeAnnouncer store={store} />
    </div>
  );
};
