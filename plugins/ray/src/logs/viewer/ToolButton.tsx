import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import { makeStyles } from '@material-ui/core/styles';
import type { MouseEvent, ReactNode } from 'react';

const useStyles = makeStyles(theme => ({
  off: { color: theme.palette.action.disabled, cursor: 'default' },
}));

export interface ToolButtonProps {
  /** What the button does, with its key if it has one. */
  readonly title: string;
  /** A sentence about how it works. */
  readonly hint?: string;
  /** For buttons that switch something on or off. */
  readonly pressed?: boolean;
  /** For buttons that open a menu: whether it is open. */
  readonly opens?: boolean;
  /** Whether to draw a button that opens a menu as one that is on. */
  readonly highlighted?: boolean;
  /** Its title says why. A keyboard still reaches it, so that it can be read. */
  readonly disabled?: boolean;
  readonly onClick: (event: MouseEvent<HTMLElement>) => void;
  readonly children: ReactNode;
}

/** A button with an icon in a toolbar. */
export const ToolButton = (props: ToolButtonProps) => {
  const { title, hint, pressed, opens, disabled, onClick, children } = props;
  const classes = useStyles();
  const isOn = pressed || props.highlighted;
  return (
    <Tooltip title={hint ? `${title}. ${hint}` : title}>
      <span>
        <IconButton
          size="small"
          aria-label={title}
          aria-description={hint}
          aria-pressed={pressed}
          aria-haspopup={opens === undefined ? undefined : 'menu'}
          aria-expanded={opens}
          color={isOn ? 'primary' : 'default'}
          aria-disabled={disabled || undefined}
          className={disabled ? classes.off : undefined}
          disableRipple={disabled}
          onClick={disabled ? undefined : onClick}
        >
          {children}
        </IconButton>
      </span>
    </Tooltip>
  );
};
