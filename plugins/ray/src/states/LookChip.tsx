import { makeStyles } from '@material-ui/core/styles';
import type { StateLook, Tone } from './stateLook';
import { toneColor, toneTint } from './tones';

const useStyles = makeStyles({
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
  },
  icon: { fontSize: 18 },
  moving: {
    '@media (prefers-reduced-motion: no-preference)': {
      animation: '$pulse 1.8s ease-in-out infinite',
    },
  },
  '@keyframes pulse': { '50%': { opacity: 0.45 } },
});

/** A class for each tone: a list draws many chips, and none must write styles of its own. */
const useToneStyles = makeStyles(theme => {
  const style = (tone: Tone) => ({
    color: toneColor(theme, tone),
    background: toneTint(theme, tone),
  });
  return {
    git: style('git'),
    waiting: style('waiting'),
    active: style('active'),
    good: style('good'),
    bad: style('bad'),
    idle: style('idle'),
  };
});

/** A state in words with an icon, so that color isn't the only sign. */
export const LookChip = ({ icon: Icon, label, tone }: StateLook) => {
  const classes = useStyles();
  const tones = useToneStyles();
  const moving = tone === 'active' || tone === 'waiting';
  return (
    <span className={`${classes.root} ${tones[tone]}`}>
      <Icon
        aria-hidden
        className={moving ? `${classes.icon} ${classes.moving}` : classes.icon}
      />
      {label}
    </span>
  );
};
