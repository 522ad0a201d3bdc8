import {
  attemptOf,
  type JobSummary,
  type LogSource,
} from '@ml-platform/rayjob';
import { useRef } from 'react';
import { useSearchParams } from 'react-router-dom';
import { foreignText } from '../foreign/foreignText';
import { LogViewer } from '../logs/LogViewer';
import { useJobOnPage } from './JobContext';
import { runOf } from './jobView';
import { useRoomBelow } from './useRoomBelow';

/** Pixels, which are enough for some lines below the tools of the viewer. */
const LEAST_HEIGHT = 320;

const DRIVER = { id: 'driver', title: 'Driver', kind: 'driver' } as const;

/** What to call a source that isn't listed. */
function titleOf(source: string): Pick<LogSource, 'title' | 'kind'> {
  const attempt = attemptOf(source);
  return attempt === undefined
    ? { title: `${foreignText(source)} (deleted)`, kind: 'container' }
    : { title: `Driver, attempt ${attempt}`, kind: 'driver' };
}

/** What a job waits for that isn't on its cluster yet. */
function waitsForLog({ state, message }: JobSummary): string | undefined {
  return state === 'awaiting-merge' || state === 'awaiting-sync'
    ? (message ?? 'The job is not on its cluster yet')
    : undefined;
}

/** The logs of a job, one at a time. The address says which one. */
export const LogsTab = () => {
  const root = useRef<HTMLDivElement>(null);
  const height = useRoomBelow(root, LEAST_HEIGHT);
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
          ...titleOf(source),
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
    <div ref={root} style={{ height }}>
      <LogViewer
        key={`${source} ${previous}`}
        run={runOf(summary)}
        attempt={summary.attempt}
        waiting={waitsForLog(summary)}
        sources={sources}
        source={source}
        previous={previous}
        onSource={onSource}
      />
    </div>
  );
};
