import { makeStyles } from '@material-ui/core/styles';
import type { JobState } from '@ml-platform/rayjob';
import { stateLook, type Tone } from './stateLook';
import { toneColor, toneTint } from './tones';

const useStyles = makeStyles(theme => ({
  root: {
    display: 'inline-flex',
    alignItems: 'center',
    gap: 6,
    padding: '3px 10px 3px 6px',
    borderRadius: 999,
    fontSize: 13,
    fontWeight: 600,
    lineHeight: '20px',
    whiteSpace: 'nowrap',
    color: ({ tone }: { tone: Tone }) => toneColor(theme, tone),
    background: ({ tone }: { tone: Tone }) => toneTint(theme, tone),
  },
  icon: { fontSize: 18 },
  moving: {
    '@media (prefers-reduced-motion: no-preference)': {
      animation: '$pulse 1.8s ease-in-out infinite',
    },
  },
  '@keyframes pulse': { '50%': { opacity: 0.45 } },
}));

/** A state in words with an icon, so that color isn't the only sign. */
export const StateChip = ({ state }: { readonly state: JobState }) => {
  const { icon: Icon, label, tone } = stateLook(state);
  const classes = useStyles({ tone });
  const moving = tone === 'active' || tone === 'waiting';
  return (
    <span className={classes.root}>
      <Icon
        aria-hidden
        className={moving ? `${classes.icon} ${classes.moving}` : classes.icon}
      />
      {label}
    </span>
  );
};
