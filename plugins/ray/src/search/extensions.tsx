import {
  SearchFilterResultTypeBlueprint,
  SearchResultListItemBlueprint,
} from '@backstage/plugin-search-react/alpha';
import TimelineIcon from '@material-ui/icons/Timeline';
import { SEARCH_TYPE_RAY_JOB } from '@ml-platform/backstage-plugin-ray-common';

/** Shows training jobs among the results of Backstage's search. */
export const jobSearchResult = SearchResultListItemBlueprint.make({
  params: {
    icon: <TimelineIcon />,
    predicate: ({ type }) => type === SEARCH_TYPE_RAY_JOB,
    component: async () => {
      const { JobSearchResult } = await import('./JobSearchResult');
      return JobSearchResult;
    },
  },
});

/** Narrows Backstage's search to training jobs. */
export const jobSearchType = SearchFilterResultTypeBlueprint.make({
  params: {
    value: SEARCH_TYPE_RAY_JOB,
    name: 'Training jobs',
    icon: <TimelineIcon />,
  },
});
