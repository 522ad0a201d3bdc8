import Alert from '@material-ui/lab/Alert';
import type { ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';

export interface SectionBoundaryProps {
  /** What can't be shown, for example "the pods". */
  readonly what: string;
  /** With another value the section gets another chance. */
  readonly data: unknown;
  /** Puts the notice where only some elements may stand. */
  readonly frame?: (notice: ReactNode) => ReactNode;
  readonly children: ReactNode;
}

/** Keeps a part of a page that can't be drawn from taking the page with it. */
export const SectionBoundary = (props: SectionBoundaryProps) => {
  const { what, data, frame = notice => notice, children } = props;
  return (
    <ErrorBoundary
      resetKeys={[data]}
      fallbackRender={({ error }) =>
        frame(
          <Alert severity="warning" variant="outlined">
            Couldn't show {what}. The rest of this page is not affected. (
            {error instanceof Error ? error.message : String(error)})
          </Alert>,
        )
      }
    >
      {children}
    </ErrorBoundary>
  );
};
