import { makeStyles } from '@material-ui/core/styles';
import { useSearchParams } from 'react-router-dom';
import { foreignText } from '../foreign/foreignText';
import { LogViewer } from '../logs/LogViewer';
import { useJobOnPage } from './JobContext';
import { runOf } from './jobView';

const useStyles = makeStyles({
  // The height of the window below the header and the tabs.
  root: { height: 'calc(100vh - 286px)', minHeight: 400 },
});

const DRIVER = { id: 'driver', title: 'Driver', kind: 'driver' } as const;

/** The logs of a job, one at a time. The address says which one. */
export const LogsTab = () => {
  const classes = useStyles();
  const { summary, detail } = useJobOnPage();
  const [params, setParams] = useSearchParams();
  const source = params.get('source') ?? DRIVER.id;
  const known = detail.logSources.length > 0 ? detail.logSources : [DRIVER];
  const sources = known.some(({ id }) => id === source)
    ? known
    : [
        ...known,
        {
          id: source,
          title: `${foreignText(source)} (deleted)`,
          kind: 'container' as const,
        },
      ];
  const previous = params.get('previous') === 'true';
  const onSource = (id: string, before: boolean) =>
    setParams(
      current => {
        const next = new URLSearchParams(current);
        next.set('source', id);
        next.delete('line');
        next.delete('previous');
        if (before) {
          next.set('previous', 'true');
        }
        return next;
      },
      { replace: true },
    );
  return (
    <div className={classes.root}>
      <LogViewer
        key={`${source} ${previous}`}
        run={runOf(summary)}
        attempt={summary.attempt}
        sources={sources}
        source={source}
        previous={previous}
        onSource={onSource}
      />
    </div>
  );
};
