import useLocalStorage from 'react-use/esm/useLocalStorage';
import type { TimeColumn } from './viewer/lineTimes';

export interface LogSettings {
  /** Whether long lines wrap. */
  readonly wrap: boolean;
  readonly setWrap: (wrap: boolean) => void;
  readonly times: TimeColumn;
  readonly setTimes: (times: TimeColumn) => void;
  /** Whether single letters do something. */
  readonly keys: boolean;
  readonly setKeys: (keys: boolean) => void;
}

/** How to show logs, which the browser remembers. */
export function useLogSettings(): LogSettings {
  const [wrap = false, setWrap] = useLocalStorage('ray.log.wrap', false);
  const [times = 'off', setTimes] = useLocalStorage<TimeColumn>(
    'ray.log.times',
    'off',
  );
  const [keys = true, setKeys] = useLocalStorage('ray.log.keys', true);
  return { wrap, setWrap, times, setTimes, keys, setKeys };
}
