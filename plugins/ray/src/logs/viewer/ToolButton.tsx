import IconButton from '@material-ui/core/IconButton';
import Tooltip from '@material-ui/core/Tooltip';
import type { ReactNode } from 'react';

export interface ToolButtonProps {
  /** What the button does, with its key if it has one. */
  readonly title: string;
  /** For buttons that switch something on or off. */
  readonly pressed?: boolean;
  readonly disabled?: boolean;
  readonly onClick: () => void;
  readonly children: ReactNode;
}

/** A button with an icon in a toolbar. */
export const ToolButton = (props: ToolButtonProps) => {
  const { title, pressed, disabled, onClick, children } = props;
  return (
    <Tooltip title={title}>
      <span>
        <IconButton
          size="small"
          aria-label={title}
          aria-pressed={pressed}
          color={pressed ? 'primary' : 'default'}
          disabled={disabled}
          onClick={onClick}
        >
          {children}
        </IconButton>
      </span>
    </Tooltip>
  );
};
