import PersonIcon from '@material-ui/icons/Person';
import ToggleButton from '@material-ui/lab/ToggleButton';
import { makeStyles } from '@material-ui/core/styles';
import { useUser } from './useUser';

const useStyles = makeStyles(theme => ({
  root: {
    height: 40,
    padding: theme.spacing(0, 1.5),
    textTransform: 'none',
    whiteSpace: 'nowrap',
    color: theme.palette.text.primary,
    background: theme.palette.background.paper,
    '& svg': { marginRight: theme.spacing(0.75) },
  },
}));

export interface MyJobsButtonProps {
  /** The owners in the filter. */
  readonly owners?: readonly string[];
  readonly onChange: (owners: readonly string[]) => void;
}

/** Shows only the jobs that the user asked for. The address names the user, so that it can be shared. */
export const MyJobsButton = ({ owners, onChange }: MyJobsButtonProps) => {
  const classes = useStyles();
  const user = useUser();
  if (user === undefined) {
    return null;
  }
  const selected = owners?.length === 1 && owners[0] === user;
  return (
    <ToggleButton
      value="mine"
      size="small"
      className={classes.root}
      selected={selected}
      onChange={() => onChange(selected ? [] : [user])}
    >
      <PersonIcon fontSize="small" aria-hidden />
      My jobs
    </ToggleButton>
  );
};
