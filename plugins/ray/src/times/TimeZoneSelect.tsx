import { useApi } from '@backstage/frontend-plugin-api';
import MenuItem from '@material-ui/core/MenuItem';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import { useId } from 'react';
import { SHORT_WINDOW } from '../layout/shortWindow';
import { zoneTitle } from './formatTime';
import { timeZonesApiRef, type ZoneChoice } from './TimeZones';
import { useNow } from './useNow';
import { useTimeZone } from './useTimeZone';

const useStyles = makeStyles({
  root: {
    minWidth: 200,
    flex: 'none',
    [SHORT_WINDOW]: {
      minWidth: 0,
      width: 96,
      // The label would take a line; a screen reader still says it.
      '& label': { clip: 'rect(0 0 0 0)', overflow: 'hidden' },
      '& label + .MuiInput-formControl': { marginTop: 0 },
    },
  },
});

/** Shows and changes the time zone of all times on the page. */
export const TimeZoneSelect = () => {
  const classes = useStyles();
  const id = useId();
  const zones = useApi(timeZonesApiRef);
  const now = useNow(false);
  useTimeZone();
  return (
    <TextField
      select
      id={id}
      className={classes.root}
      size="small"
      variant="standard"
      label="Time zone"
      value={zones.choice}
      onChange={({ target }) => zones.choose(target.value as ZoneChoice)}
      SelectProps={{ MenuProps: { getContentAnchorEl: null } }}
    >
      <MenuItem value="local" dense>
        {zoneTitle(zones.local, now)}
      </MenuItem>
      <MenuItem value="utc" dense>
        UTC
      </MenuItem>
    </TextField>
  );
};
