import { useApi } from '@backstage/frontend-plugin-api';
import Button from '@material-ui/core/Button';
import Divider from '@material-ui/core/Divider';
import IconButton from '@material-ui/core/IconButton';
import ListItemSecondaryAction from '@material-ui/core/ListItemSecondaryAction';
import ListItemText from '@material-ui/core/ListItemText';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import DeleteIcon from '@material-ui/icons/Delete';
import ArrowDropDownIcon from '@material-ui/icons/ArrowDropDown';
import Alert from '@material-ui/lab/Alert';
import { useCallback, useState, useSyncExternalStore } from 'react';
import { clearly } from '../../api/clearError';
import { SaveViewDialog } from './SaveViewDialog';
import { savedViewsApiRef } from './SavedViews';

const useStyles = makeStyles(theme => ({
  button: {
    height: 40,
    textTransform: 'none',
    whiteSpace: 'nowrap',
    background: theme.palette.background.paper,
  },
  name: { overflow: 'hidden', textOverflow: 'ellipsis', maxWidth: 320 },
}));

export interface ViewsMenuProps {
  /** What the list shows now, as the address has it. */
  readonly view: string;
  readonly onChoose: (view: string) => void;
}

/** The views that the user saved, and what saves another. */
export const ViewsMenu = ({ view, onChoose }: ViewsMenuProps) => {
  const classes = useStyles();
  const views = useApi(savedViewsApiRef);
  const all = useSyncExternalStore(
    useCallback(listener => views.subscribe(listener), [views]),
    () => views.all,
  );
  const [anchor, setAnchor] = useState<HTMLElement>();
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<Error>();
  const current = all.find(({ query }) => query === view);
  const close = () => {
    setAnchor(undefined);
    setFailure(undefined);
  };
  return (
    <>
      <Button
        variant="outlined"
        className={classes.button}
        aria-haspopup="menu"
        endIcon={<ArrowDropDownIcon />}
        onClick={({ currentTarget }) => setAnchor(currentTarget)}
      >
        {current ? `View: ${current.name}` : 'Views'}
      </Button>
      <Menu
        open={anchor !== undefined}
        anchorEl={anchor}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'left' }}
        onClose={close}
      >
        <MenuItem
          selected={view === ''}
          onClick={() => {
            close();
            onChoose('');
          }}
        >
          All jobs
        </MenuItem>
        {all.map(({ name, query }) => (
          <MenuItem
            key={name}
            selected={query === view}
            ContainerComponent="div"
            onClick={() => {
              close();
              onChoose(query);
            }}
          >
            <ListItemText
              primary={name}
              primaryTypographyProps={{ noWrap: true, className: classes.name }}
            />
            <ListItemSecondaryAction>
              <IconButton
                edge="end"
                size="small"
                aria-label={`Delete the view ${name}`}
                onClick={() => {
                  setFailure(undefined);
                  clearly(views.remove(name)).catch(setFailure);
                }}
              >
                <DeleteIcon fontSize="small" />
              </IconButton>
            </ListItemSecondaryAction>
          </MenuItem>
        ))}
        {failure && (
          <li role="none">
            <Alert severity="error">{failure.message}</Alert>
          </li>
        )}
        <Divider />
        <MenuItem
          disabled={view === '' || current !== undefined}
          onClick={() => {
            close();
            setSaving(true);
          }}
        >
          Save this view…
        </MenuItem>
      </Menu>
      {saving && (
        <SaveViewDialog view={view} onClose={() => setSaving(false)} />
      )}
    </>
  );
};
