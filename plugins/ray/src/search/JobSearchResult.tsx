import { Link } from '@backstage/core-components';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import type {
  ResultHighlight,
  SearchDocument,
} from '@backstage/plugin-search-common';
import { HighlightedSearchResultText } from '@backstage/plugin-search-react';
import ListItemIcon from '@material-ui/core/ListItemIcon';
import { makeStyles } from '@material-ui/core/styles';
import Typography from '@material-ui/core/Typography';
import type { RayJobDocument } from '@ml-platform/backstage-plugin-ray-common';
import type { JobState } from '@ml-platform/rayjob';
import type { ReactElement } from 'react';
import { foreignText } from '../foreign/foreignText';
import { jobRouteRef } from '../routes';
import { StateChip } from '../states/StateChip';
import { TimeAgo } from '../times/TimeAgo';

const useStyles = makeStyles(theme => ({
  item: { flex: 1, minWidth: 0, overflowWrap: 'anywhere' },
  head: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: theme.spacing(0.5, 2),
    marginBottom: theme.spacing(0.5),
  },
  message: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 3,
    overflow: 'hidden',
    marginTop: theme.spacing(0.5),
  },
}));

export interface JobSearchResultProps {
  readonly result?: SearchDocument;
  readonly highlight?: ResultHighlight;
  readonly icon?: ReactElement;
}

/** Text of the document, with what was searched for marked where the engine tells. */
const Marked = ({
  text,
  field,
  highlight,
}: {
  readonly text: unknown;
  readonly field: string;
  readonly highlight?: ResultHighlight;
}) => {
  const marked = highlight?.fields[field];
  return highlight && marked ? (
    <HighlightedSearchResultText
      text={foreignText(marked)}
      preTag={highlight.preTag}
      postTag={highlight.postTag}
    />
  ) : (
    <>{foreignText(text)}</>
  );
};

/** A training job among the results of Backstage's search, with a link to its page. */
export const JobSearchResult = ({
  result,
  highlight,
  icon,
}: JobSearchResultProps) => {
  const classes = useStyles();
  const jobPage = useRouteRef(jobRouteRef);
  if (!result) {
    return null;
  }
  const job: SearchDocument & Partial<RayJobDocument> = result;
  const { title: name, text, cluster, namespace, location } = job;
  const to = cluster && namespace && jobPage?.({ cluster, namespace, name });
  const version = [job.workload, job.version].map(foreignText).join(' ').trim();
  return (
    <>
      {icon && <ListItemIcon>{icon}</ListItemIcon>}
      <div className={classes.item}>
        <div className={classes.head}>
          <Typography variant="h6" component="div">
            <Link to={to || location} noTrack>
              <Marked text={name} field="title" highlight={highlight} />
            </Link>
          </Typography>
          <StateChip state={job.state as JobState} />
        </div>
        <Typography variant="body2" color="textSecondary" component="div">
          {version && <>{version} · </>}
          {job.ownerName && <>{foreignText(job.ownerName)} · </>}
          {cluster && <>{foreignText(`${cluster}/${namespace}`)} · </>}
          <TimeAgo at={job.createdAt} />
        </Typography>
        {text && (
          <Typography
            variant="body2"
            component="div"
            className={classes.message}
          >
            <Marked text={text} field="text" highlight={highlight} />
          </Typography>
        )}
      </div>
    </>
  );
};
