import { toastApiRef, useApi } from '@backstage/frontend-plugin-api';
import { useCallback, useState } from 'react';
import { logApiRef } from '../api/LogApi';
import type { RunRef } from '../api/RayApi';
import type { LogFile } from './file/LogFile';
import type { LogSearch } from './file/LogSearch';
import { MOST_COPIED, readMatches, readText } from './file/readText';
import { saveBlob } from './viewer/saveBlob';
import type { LineRange } from './viewer/useLineSelection';

export interface LogActions {
  readonly onCopy: () => void;
  /** True when there are more lines to copy than a clipboard is for. */
  readonly tooLong: boolean;
  readonly onLink: () => void;
  readonly onDownload: () => void;
  readonly downloading: boolean;
}

export interface LogActionsOptions {
  readonly run: RunRef;
  readonly source: string;
  readonly previous: boolean;
  readonly file: LogFile;
  readonly range?: LineRange;
  /** What was searched for, where only the lines that match are shown. */
  readonly matched?: LogSearch;
}

/** The address of selected lines, in the run and the attempt that they are of. */
function linkTo({ facts }: LogFile, uid: string | undefined): string {
  const url = new URL(window.location.href);
  if (facts.source) {
    url.searchParams.set('source', facts.source);
  }
  if (uid) {
    url.searchParams.set('uid', uid);
  }
  return url.toString();
}

/** Copies, links and downloads, each with a message about the result. */
export function useLogActions(options: LogActionsOptions): LogActions {
  const { run, source, previous, file, range, matched } = options;
  const api = useApi(logApiRef);
  const toast = useApi(toastApiRef);
  const [downloading, setDownloading] = useState(false);
  const { first, last } = file.facts;
  const lines = range ?? { from: first, to: last };
  const most = lines.to - lines.from + 1;

  const copy = useCallback(
    async (text: () => Promise<string>, title: string) => {
      try {
        await navigator.clipboard.writeText(await text());
        toast.post({ title, status: 'success', timeout: 3_000 });
      } catch (error) {
        toast.post({
          title:
            (error as Error).name === 'NotAllowedError'
              ? "The browser doesn't allow copying. Select the text instead."
              : `Couldn't copy the lines: ${(error as Error).message}`,
          status: 'warning',
          timeout: 5_000,
        });
      }
    },
    [toast],
  );
  const text = () =>
    matched
      ? readMatches(lines, part => matched.linesIn(part))
      : readText(lines, (from, count) =>
          api.readLines(run, {
            source: file.facts.source || source,
            previous,
            from,
            count,
          }),
        );

  const onDownload = async () => {
    setDownloading(true);
    try {
      const name = source.replace(/^pod\//, '').replace(/\//g, '-');
      saveBlob(
        await api.download(run, { source, previous }),
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
    onCopy: () => copy(text, range || matched ? 'Lines copied' : 'Log copied'),
    tooLong: Math.min(most, matched?.count ?? most) > MOST_COPIED,
    onLink: () => copy(async () => linkTo(file, run.uid), 'Link copied'),
    onDownload,
    downloading,
  };
}
