import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import TextField from '@material-ui/core/TextField';
import { useId, useState, type FormEvent } from 'react';
import { clearly } from '../../api/clearError';
import { LONGEST_NAME, savedViewsApiRef } from './SavedViews';

export interface SaveViewDialogProps {
  /** What the list shows now, as the address has it. */
  readonly view: string;
  readonly onClose: () => void;
}

/** Asks for the name of a view, and keeps it. */
export const SaveViewDialog = ({ view, onClose }: SaveViewDialogProps) => {
  const views = useApi(savedViewsApiRef);
  const id = useId();
  const [name, setName] = useState('');
  const [error, setError] = useState<Error>();
  const trimmed = name.trim();
  const replaces = views.all.some(each => each.name === trimmed);
  const save = (event: FormEvent) => {
    event.preventDefault();
    clearly(views.save({ name: trimmed, query: view })).then(onClose, setError);
  };
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth="xs">
      <form onSubmit={save}>
        <DialogTitle id={id}>Save this view</DialogTitle>
        <DialogContent>
          <TextField
            // The dialog asks for nothing else.
            // eslint-disable-next-line jsx-a11y/no-autofocus
            autoFocus
            fullWidth
            id={`${id}name`}
            label="Name"
            value={name}
            onChange={({ target }) => setName(target.value)}
            inputProps={{ maxLength: LONGEST_NAME }}
            error={error !== undefined}
            helperText={
              error?.message ??
              (replaces
                ? 'You have a view of this name. It is replaced.'
                : 'It keeps the filters and the order, for you only.')
            }
          />
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            color="primary"
            variant="contained"
            disabled={trimmed === ''}
          >
            {replaces ? 'Replace' : 'Save'}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
};
