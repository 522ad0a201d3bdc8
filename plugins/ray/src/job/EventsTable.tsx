import { makeStyles, useTheme } from '@material-ui/core/styles';
import Table from '@material-ui/core/Table';
import TableBody from '@material-ui/core/TableBody';
import TableCell from '@material-ui/core/TableCell';
import TableContainer from '@material-ui/core/TableContainer';
import TableHead from '@material-ui/core/TableHead';
import TableRow from '@material-ui/core/TableRow';
import InfoIcon from '@material-ui/icons/InfoOutlined';
import WarningIcon from '@material-ui/icons/Warning';
import type { JobEvent } from '@ml-platform/rayjob';
import { useWindowWidth } from '../layout/useWindowWidth';
import { TimeAgo } from '../times/TimeAgo';
import { toneColor, toneTint } from '../states/tones';
import { foreignText } from '../foreign/foreignText';

/** Windows below this width in pixels show what an event is above when it was. */
const WIDE = 760;

const useStyles = makeStyles(theme => ({
  cell: {
    padding: theme.spacing(1, 2),
    fontSize: 14,
    verticalAlign: 'top',
    wordBreak: 'normal',
    [theme.breakpoints.down('xs')]: { padding: theme.spacing(1) },
  },
  type: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    fontWeight: 600,
  },
  message: { overflowWrap: 'anywhere' },
  sub: {
    fontSize: 12,
    // Legible on the tint of a warning, too.
    color: toneColor(theme, 'idle'),
    overflowWrap: 'anywhere',
  },
}));

function newestFirst(events: readonly JobEvent[]): readonly JobEvent[] {
  return [...events].sort(
    (a, b) => (Date.parse(b.lastSeen) || 0) - (Date.parse(a.lastSeen) || 0),
  );
}

/** Events with the newest first. Warnings stand out. */
export const EventsTable = ({
  events,
}: {
  readonly events: readonly JobEvent[];
}) => {
  const classes = useStyles();
  const theme = useTheme();
  const wide = useWindowWidth() >= WIDE;
  const titles = wide
    ? ['Type', 'Reason', 'Message', 'Last seen']
    : ['Event', 'Message'];
  return (
    <TableContainer>
      <Table size="small" aria-label="Events">
        <TableHead>
          <TableRow>
            {titles.map(title => (
              <TableCell
                key={title}
                className={classes.cell}
                style={{ whiteSpace: 'nowrap' }}
              >
                {title}
              </TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {newestFirst(events).map(event => {
            const warning = event.type === 'Warning';
            const seen = (
              <>
                <TimeAgo at={event.lastSeen} />
                {event.count > 1 && (
                  <div className={classes.sub}>{event.count} times</div>
                )}
              </>
            );
            const Icon = warning ? WarningIcon : InfoIcon;
            return (
              <TableRow
                key={`${event.object?.name} ${event.reason} ${event.firstSeen} ${event.message}`}
                style={
                  warning
                    ? { background: toneTint(theme, 'waiting') }
                    : undefined
                }
              >
                <TableCell className={classes.cell}>
                  <span
                    className={classes.type}
                    style={{
                      color: toneColor(theme, warning ? 'waiting' : 'idle'),
                    }}
                  >
                    <Icon fontSize="small" aria-hidden />{' '}
                    {foreignText(event.type)}
                  </span>
                  {!wide && (
                    <>
                      <div>{foreignText(event.reason)}</div>
                      {seen}
                    </>
                  )}
                </TableCell>
                {wide && (
                  <TableCell className={classes.cell}>
                    {foreignText(event.reason)}
                  </TableCell>
                )}
                <TableCell className={`${classes.cell} ${classes.message}`}>
                  {foreignText(event.message)}
                  <div className={classes.sub}>
                    {foreignText(event.object?.kind)}{' '}
                    {foreignText(event.object?.name)}
                  </div>
                </TableCell>
                {wide && <TableCell className={classes.cell}>{seen}</TableCell>}
              </TableRow>
            );
          })}
        </TableBody>
      </Table>
    </TableContainer>
  );
};
