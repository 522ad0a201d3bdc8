import Button from '@material-ui/core/Button';
import { makeStyles } from '@material-ui/core/styles';
import { formatCount } from '../states/formatCount';
import type { JobListStore } from './rows/JobListStore';
import { HOLDS_ROWS } from './rows/useHeldRows';
import { useRowsVersion } from './rows/useJobList';

const useStyles = makeStyles(theme => ({
  // Takes no room of its own, so that nothing moves when it comes.
  root: {
    position: 'sticky',
    top: theme.spacing(6),
    zIndex: 3,
    height: 0,
    display: 'flex',
    justifyContent: 'center',
  },
  button: { borderRadius: 999, marginTop: theme.spacing(0.5), flex: 'none' },
}));

export interface WaitingChangesProps {
  readonly store: JobListStore;
  readonly onShow: (byKeyboard: boolean) => void;
}

/** Says that jobs came, went or would change places, and shows them on request. */
export const WaitingChanges = ({ store, onShow }: WaitingChangesProps) => {
  const classes = useStyles();
  useRowsVersion(store);
  const { waiting } = store.rows;
  return (
    <div className={classes.root} {...HOLDS_ROWS}>
      {waiting > 0 && (
        <Button
          size="small"
          variant="contained"
          color="primary"
          className={classes.button}
          onClick={({ detail }) => onShow(detail === 0)}
        >
          {waiting === 1
            ? 'Show 1 change'
            : `Show ${formatCount(waiting)} changes`}
        </Button>
      )}
    </div>
  );
};
