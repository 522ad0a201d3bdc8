import { makeStyles, useTheme } from '@material-ui/core/styles';
import CheckIcon from '@material-ui/icons/CheckCircleOutline';
import ErrorIcon from '@material-ui/icons/ErrorOutline';
import CircleIcon from '@material-ui/icons/RadioButtonUnchecked';
import type { JobCondition } from '@ml-platform/rayjob';
import { TimeAgo } from '../times/TimeAgo';
import { toneColor } from '../states/tones';
import { foreignText } from '../foreign/foreignText';

const useStyles = makeStyles(theme => ({
  root: { listStyle: 'none', margin: 0, padding: 0 },
  item: {
    display: 'flex',
    gap: theme.spacing(1),
    padding: theme.spacing(0.5, 0),
  },
  sub: { fontSize: 13, color: theme.palette.text.secondary },
}));

/** What a condition says; KubeRay begins some messages with the reason. */
function told({ reason, message }: JobCondition): string {
  const why = foreignText(reason);
  const text = foreignText(message);
  return why && text.startsWith(why)
    ? text
    : [why, text].filter(Boolean).join(' · ');
}

/** Conditions of the Ray cluster, as KubeRay reports them. */
export const ConditionsList = ({
  conditions,
}: {
  readonly conditions: readonly JobCondition[];
}) => {
  const classes = useStyles();
  const theme = useTheme();
  return (
    <ul className={classes.root}>
      {conditions.map(condition => {
        const on = condition.status === 'True';
        const type = foreignText(condition.type);
        const failure = type.includes('Failure');
        const tone = failure ? 'bad' : 'good';
        const Mark = failure ? ErrorIcon : CheckIcon;
        const Icon = on ? Mark : CircleIcon;
        return (
          <li key={type} className={classes.item}>
            <Icon
              fontSize="small"
              aria-hidden
              style={{ color: toneColor(theme, on ? tone : 'idle') }}
            />
            <div>
              {type}: {foreignText(condition.status)}
              <div className={classes.sub}>
                {told(condition)}{' '}
                {condition.lastTransitionTime && (
                  <TimeAgo at={condition.lastTransitionTime} />
                )}
              </div>
            </div>
          </li>
        );
      })}
    </ul>
  );
};
