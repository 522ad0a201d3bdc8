import Alert from '@material-ui/lab/Alert';
import type { ReactNode } from 'react';
import { ErrorBoundary } from 'react-error-boundary';

export interface SectionBoundaryProps {
  /** What can't be shown, for example "the pods". */
  readonly what: string;
  /** When this changes, the section is drawn again. */
  readonly data: unknown;
  /** Wraps the notice, for places that allow only certain elements. */
  readonly frame?: (notice: ReactNode) => ReactNode;
  readonly children: ReactNode;
}

/** Shows a notice if a part of a page can't be drawn, so that the rest stays. */
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
