import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import { rayApiRef, type RunRef } from '../api/RayApi';
import type { Scrollback } from './scrollback/Scrollback';
import { linesAsText } from './viewer/linesAsText';
import { saveBlob } from './viewer/saveBlob';
import type { LineRange } from './viewer/useLineSelection';

export interface LogActions {
  readonly onCopy: () => void;
  readonly onLink: () => void;
  readonly onDownload: () => void;
  readonly downloading: boolean;
}

export interface LogActionsOptions {
  readonly run: RunRef;
  readonly source: string;
  readonly previous: boolean;
  readonly buffer: Scrollback;
  readonly range?: LineRange;
}

/** Copies, links and downloads, each with a message about the result. */
export function useLogActions(options: LogActionsOptions): LogActions {
  const { run, source, previous, buffer, range } = options;
  const api = useApi(rayApiRef);
  const toast = useApi(toastApiRef);
  const [downloading, setDownloading] = useState(false);

  const copy = useCallback(
    async (text: string, title: string) => {
      try {
        await navigator.clipboard.writeText(text);
        toast.post({ title, status: 'success', timeout: 3_000 });
      } catch {
        toast.post({
          title: "The browser doesn't allow copying. Select the text instead.",
          status: 'warning',
          timeout: 5_000,
        });
      }
    },
    [toast],
  );

  const onDownload = async () => {
    setDownloading(true);
    try {
      const name = source.replace(/^pod\//, '').replace(/\//g, '-');
      saveBlob(
        await api.downloadLog(run, { source, previous }),
        `${run.name}-${name}.log`,
      );
    } catch (error) {
      toast.post({
        title: `Couldn't download the log: ${(error as Error).message}`,
        status: 'danger',
      });
    } finally {
      setDownloading(false);
    }
  };

  return {
    onCopy: () =>
      copy(linesAsText(buffer, range), range ? 'Lines copied' : 'Log copied'),
    onLink: () => copy(window.location.href, 'Link copied'),
    onDownload,
    downloading,
  };
}
