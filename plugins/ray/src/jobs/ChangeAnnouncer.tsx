import { jobId, type JobSummary } from '@ml-platform/rayjob';
import { useEffect, useRef, useState } from 'react';
import { HIDDEN_TEXT } from '../states/hiddenText';
import { stateLook } from '../states/stateLook';
import { foreignText } from '../foreign/foreignText';

/** If more jobs than this change at once, only their number is announced. */
const SPOKEN = 3;

/** Announces to screen readers which jobs changed their state. */
export const ChangeAnnouncer = ({
  jobs,
}: {
  readonly jobs: readonly JobSummary[];
}) => {
  const [text, setText] = useState('');
  const states = useRef(new Map<string, string>());
  useEffect(() => {
    const before = states.current;
    const changed = jobs.filter(job => {
      const state = before.get(jobId(job));
      return state !== undefined && state !== job.state;
    });
    states.current = new Map(jobs.map(job => [jobId(job), job.state]));
    if (changed.length > SPOKEN) {
      setText(`${changed.length} jobs changed their state`);
    } else if (changed.length > 0) {
      setText(
        changed
          .map(
            job =>
              `${foreignText(job.name)} is now ${stateLook(job.state).label}`,
          )
          .join('; '),
      );
    }
  }, [jobs]);
  return (
    <div aria-live="polite" style={HIDDEN_TEXT}>
      {text}
    </div>
  );
};
