import { useApi } from '@backstage/frontend-plugin-api';
import Menu from '@material-ui/core/Menu';
import MenuItem from '@material-ui/core/MenuItem';
import TimeIcon from '@material-ui/icons/Schedule';
import { useState } from 'react';
import { zoneTitle } from '../../times/formatTime';
import { timeZonesApiRef, type ZoneChoice } from '../../times/TimeZones';
import { useTimeZone } from '../../times/useTimeZone';
import type { TimeColumn } from './lineTimes';
import { ToolButton } from './ToolButton';

interface Choice {
  readonly title: string;
  readonly column: TimeColumn;
  readonly zone?: ZoneChoice;
}

export interface TimesMenuProps {
  readonly column: TimeColumn;
  readonly onColumn: (column: TimeColumn) => void;
}

/** Selects what to show of the time of each line. The zone is that of all pages. */
export const TimesMenu = ({ column, onColumn }: TimesMenuProps) => {
  const zones = useApi(timeZonesApiRef);
  useTimeZone();
  const [anchor, setAnchor] = useState<HTMLElement>();
  const choices: readonly Choice[] = [
    { title: 'No times', column: 'off' },
    {
      title: `Time in ${zoneTitle(zones.local, Date.now())}`,
      column: 'clock',
      zone: 'local',
    },
    { title: 'Time in UTC', column: 'clock', zone: 'utc' },
    { title: 'Since the first line', column: 'elapsed' },
  ];
  const isChosen = (choice: Choice) =>
    choice.column === column &&
    (choice.zone === undefined || choice.zone === zones.choice);
  const title = choices.find(isChosen)?.title ?? choices[0].title;
  const choose = (choice: Choice) => {
    onColumn(choice.column);
    if (choice.zone) {
      zones.choose(choice.zone);
    }
    setAnchor(undefined);
  };
  return (
    <>
      <ToolButton
        title={`Times of the lines: ${title}`}
        opens={anchor !== undefined}
        highlighted={column !== 'off'}
        onClick={event => setAnchor(event.currentTarget)}
      >
        <TimeIcon />
      </ToolButton>
      <Menu
        open={anchor !== undefined}
        anchorEl={anchor}
        getContentAnchorEl={null}
        anchorOrigin={{ vertical: 'bottom', horizontal: 'right' }}
        transformOrigin={{ vertical: 'top', horizontal: 'right' }}
        onClose={() => setAnchor(undefined)}
        MenuListProps={{ 'aria-label': 'Times of the lines' }}
      >
        {choices.map(choice => (
          <MenuItem
            key={choice.title}
            dense
            role="menuitemradio"
            aria-checked={isChosen(choice)}
            selected={isChosen(choice)}
            onClick={() => choose(choice)}
          >
            {choice.title}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
};
