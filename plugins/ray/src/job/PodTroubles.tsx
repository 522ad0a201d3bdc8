import { makeStyles } from '@material-ui/core/styles';
import { podTroubles, type JobPod } from '@ml-platform/rayjob';
import { foreignText } from '../foreign/foreignText';

const useStyles = makeStyles(theme => ({
  root: {
    margin: theme.spacing(0, 0, 1),
    paddingLeft: theme.spacing(2.5),
    overflowWrap: 'anywhere',
  },
}));

export interface PodTroublesProps {
  readonly pods: readonly JobPod[];
  /** Message of the job, which the page shows already. */
  readonly told?: string;
}

/** What is wrong with the pods beside what the job says, each problem once. */
export const PodTroubles = ({ pods, told }: PodTroublesProps) => {
  const classes = useStyles();
  const troubles = podTroubles(pods, told);
  return troubles.length > 0 ? (
    <ul className={classes.root}>
      {troubles.map(({ message }) => (
        <li key={message}>{foreignText(message)}</li>
      ))}
    </ul>
  ) : null;
};
