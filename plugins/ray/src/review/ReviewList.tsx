import { makeStyles, useTheme } from '@material-ui/core/styles';
import CheckIcon from '@material-ui/icons/Check';
import CloseIcon from '@material-ui/icons/Close';
import ScheduleIcon from '@material-ui/icons/Schedule';
import type { JobReview } from '@ml-platform/backstage-plugin-ray-common';
import { foreignText } from '../foreign/foreignText';
import { WebLink } from '../foreign/WebLink';
import type { Tone } from '../states/stateLook';
import { toneColor } from '../states/tones';
import { reviewFacts, type FactState } from './reviewFacts';

const useStyles = makeStyles(theme => ({
  facts: {
    listStyle: 'none',
    margin: theme.spacing(1, 0, 0),
    padding: 0,
    maxHeight: 320,
    overflow: 'auto',
  },
  fact: {
    display: 'flex',
    alignItems: 'flex-start',
    gap: theme.spacing(1),
    padding: theme.spacing(0.25, 0),
    color: theme.palette.text.primary,
    minWidth: 0,
    overflowWrap: 'anywhere',
    '& svg': { fontSize: 18, flexShrink: 0, marginTop: 1 },
  },
  note: { color: theme.palette.text.secondary },
  line: { margin: theme.spacing(1, 0, 0), color: theme.palette.text.secondary },
}));

const LOOKS: Readonly<
  Record<FactState, { readonly icon: typeof CheckIcon; readonly tone: Tone }>
> = {
  failed: { icon: CloseIcon, tone: 'bad' },
  running: { icon: ScheduleIcon, tone: 'waiting' },
  passed: { icon: CheckIcon, tone: 'good' },
};

/** The checks and reviews of a pull request. */
export const ReviewList = ({ review }: { readonly review: JobReview }) => {
  const classes = useStyles();
  const theme = useTheme();
  const facts = reviewFacts(review);
  const unreadable = review.checks === undefined && !review.problem;
  return (
    <>
      {facts.length > 0 && (
        <ul className={classes.facts} aria-label="Checks and reviews">
          {facts.map(({ id, state, text, note, url }) => {
            const { icon: Icon, tone } = LOOKS[state];
            return (
              <li key={id} className={classes.fact}>
                <Icon style={{ color: toneColor(theme, tone) }} aria-hidden />
                <span>
                  <WebLink url={url}>{text}</WebLink>{' '}
                  <span className={classes.note}>{foreignText(note)}</span>
                </span>
              </li>
            );
          })}
        </ul>
      )}
      {unreadable && review.state !== 'unknown' && (
        <p className={classes.line}>
          The portal isn't allowed to read the checks. Give its GitHub App the
          permissions Checks and Commit statuses.
        </p>
      )}
      {review.problem && (
        <p className={classes.line}>
          GitHub couldn't be asked just now: {foreignText(review.problem)}
        </p>
      )}
    </>
  );
};
