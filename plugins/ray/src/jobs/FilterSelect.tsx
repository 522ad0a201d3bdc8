import Checkbox from '@material-ui/core/Checkbox';
import ListItemText from '@material-ui/core/ListItemText';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';

const useStyles = makeStyles(theme => ({
  root: {
    minWidth: 140,
    flex: '0 1 auto',
    background: theme.palette.background.paper,
  },
}));

export interface FilterSelectProps {
  readonly label: string;
  readonly values: readonly string[];
  readonly choices: readonly string[];
  readonly describe?: (value: string) => string;
  readonly onChange: (values: readonly string[]) => void;
}

/** Selects several values. Without a selection, all values count. */
export const FilterSelect = ({
  label,
  values,
  choices,
  describe = value => value,
  onChange,
}: FilterSelectProps) => {
  const classes = useStyles();
  const id = useId();
  const all = [...new Set([...choices, ...values])];
  return (
    <TextField
      select
      id={id}
      className={classes.root}
      size="small"
      variant="outlined"
      label={label}
      value={values}
      onChange={event =>
        onChange(event.target.value as unknown as readonly string[])
      }
      SelectProps={{
        multiple: true,
        renderValue: chosen => (chosen as string[]).map(describe).join(', '),
        MenuProps: { getContentAnchorEl: null },
      }}
    >
      {all.length === 0 && <MenuItem disabled>No values yet</MenuItem>}
      {all.map(value => (
        <MenuItem key={value} value={value} dense>
          <Checkbox
            size="small"
            color="primary"
            checked={values.includes(value)}
          />
          <ListItemText primary={describe(value)} />
        </MenuItem>
      ))}
    </TextField>
  );
};
