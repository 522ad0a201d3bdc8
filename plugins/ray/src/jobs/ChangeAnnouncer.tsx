import { jobId, type JobSummary } from '@ml-platform/rayjob';
import { useEffect, useRef, useState } from 'react';
import { foreignText } from '../foreign/foreignText';
import { formatCount } from '../states/formatCount';
import { HIDDEN_TEXT } from '../states/hiddenText';
import { stateLook } from '../states/stateLook';
import type { JobListStore } from './rows/JobListStore';
import { useChangedJobs } from './rows/useJobList';

/** If more jobs than this change at once, only their number is announced. */
const SPOKEN = 3;
/** Milliseconds between two announcements: a reader needs time to speak. */
const PAUSE = 5_000;

function textOf(jobs: ReadonlyMap<string, JobSummary>): string {
  return jobs.size > SPOKEN
    ? `${formatCount(jobs.size)} jobs changed their state`
    : [...jobs.values()]
        .map(
          ({ name, state }) =>
            `${foreignText(name)} is now ${stateLook(state).label}`,
        )
        .join('; ');
}

/** Announces to screen readers which jobs changed their state. */
export const ChangeAnnouncer = ({
  store,
}: {
  readonly store: JobListStore;
}) => {
  const changed = useChangedJobs(store);
  const [text, setText] = useState('');
  const unsaid = useRef(new Map<string, JobSummary>());
  const said = useRef(-PAUSE);
  useEffect(() => {
    changed.forEach(job => unsaid.current.set(jobId(job), job));
    const say = () => {
      if (unsaid.current.size > 0) {
        setText(textOf(unsaid.current));
        unsaid.current.clear();
        said.current = performance.now();
      }
    };
    const wait = said.current + PAUSE - performance.now();
    if (wait <= 0) {
      say();
      return undefined;
    }
    const timer = setTimeout(say, wait);
    return () => clearTimeout(timer);
  }, [changed]);
  return (
    <div aria-live="polite" style={HIDDEN_TEXT}>
      {text}
    </div>
  );
};
