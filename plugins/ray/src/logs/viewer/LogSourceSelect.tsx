import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import type { LogSource } from '@ml-platform/rayjob';
import { useId } from 'react';

const useStyles = makeStyles({
  root: { minWidth: 180, maxWidth: 320, flex: '0 1 260px' },
});

/** Prefix of the choices for a container's log before its last restart. */
const PREVIOUS = 'previous:';

export interface LogSourceSelectProps {
  readonly sources: readonly LogSource[];
  readonly source: string;
  readonly previous: boolean;
  readonly onSource: (id: string, previous: boolean) => void;
}

/** Selects which log to read. */
export const LogSourceSelect = (props: LogSourceSelectProps) => {
  const { sources, source, previous, onSource } = props;
  const classes = useStyles();
  const fieldId = useId();
  const choices = [
    ...sources.map(({ id, title }) => ({ id, title })),
    ...sources
      .filter(({ kind }) => kind === 'container')
      .map(({ id, title }) => ({
        id: `${PREVIOUS}${id}`,
        title: `${title} (before its last restart)`,
      })),
  ];
  return (
    <TextField
      select
      id={fieldId}
      className={classes.root}
      size="small"
      variant="outlined"
      label="Source"
      value={previous ? `${PREVIOUS}${source}` : source}
      onChange={({ target: { value } }) =>
        onSource(value.replace(PREVIOUS, ''), value.startsWith(PREVIOUS))
      }
      SelectProps={{ MenuProps: { getContentAnchorEl: null } }}
    >
      {choices.map(({ id, title }) => (
        <MenuItem key={id} value={id} dense>
          {title}
        </MenuItem>
      ))}
    </TextField>
  );
};
