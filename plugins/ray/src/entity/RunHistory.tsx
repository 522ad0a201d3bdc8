import { useTheme } from '@material-ui/core/styles';
import { jobDuration, type JobSummary } from '@ml-platform/rayjob';
import { formatDuration } from '../times/formatDuration';
import { stateLook } from '../states/stateLook';
import { toneColor } from '../states/tones';
import { useNow } from '../times/useNow';
import { foreignText } from '../foreign/foreignText';

const HEIGHT = 48;
const BAR = 10;
const LEAST = 4;

/** Durations of the last runs as bars, the newest on the right, in the colors of their states. */
export const RunHistory = ({
  jobs,
}: {
  readonly jobs: readonly JobSummary[];
}) => {
  const theme = useTheme();
  const now = useNow(false);
  const runs = [...jobs].filter(job => job.startedAt).reverse();
  if (runs.length < 2) {
    return null;
  }
  const longest = Math.max(...runs.map(job => jobDuration(job, now)), 1);
  return (
    <svg
      role="img"
      aria-label={`Durations of the last ${runs.length} runs, the longest ${formatDuration(longest)}`}
      width="100%"
      height={HEIGHT}
      viewBox={`0 0 ${runs.length * BAR} ${HEIGHT}`}
      preserveAspectRatio="xMinYMax meet"
      style={{ marginBottom: 8 }}
    >
      {runs.map((job, index) => {
        const duration = jobDuration(job, now);
        const height = Math.max(LEAST, (duration / longest) * HEIGHT);
        const { label, tone } = stateLook(job.state);
        return (
          <rect
            key={job.uid}
            x={index * BAR + 1}
            y={HEIGHT - height}
            width={BAR - 3}
            height={height}
            rx={2}
            fill={toneColor(theme, tone)}
          >
            <title>{`${foreignText(job.name)}: ${label}, ${formatDuration(duration)}`}</title>
          </rect>
        );
      })}
    </svg>
  );
};
