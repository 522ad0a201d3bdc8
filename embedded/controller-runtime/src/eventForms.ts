import { hostname } from 'node:os';
import type { KubeObject } from './objects';
import { formatMicroTime, formatTime } from './time';

export interface EventNote {
  readonly type: 'Normal' | 'Warning';
  /** In CamelCase, for example `Pulled`. */
  readonly reason: string;
  readonly message: string;
  /** What was done, for example `Create`; only in a series. */
  readonly action?: string;
  /** Part of the object, for example `spec.containers{ray-head}`. */
  readonly fieldPath?: string;
}

/** How a component writes its events. Times are in microseconds since the epoch. */
export interface EventForm {
  /** Equal for events that are counted on the first one. */
  key(object: KubeObject, note: EventNote): string;
  /** How long after the last one a repeat still counts on it. */
  readonly memoryMicros: number;
  /** What the first event says besides object, reason and message. */
  first(note: EventNote, at: number): object;
  /** A merge patch for the first event, at the repeat with this count. */
  repeat(count: number, at: number): object;
}

/** With a count and times, like kubelet and kube-controller-manager write it. */
export function countedEvents(component: string, host?: string): EventForm {
  const time = (at: number) => formatTime(Math.floor(at / 1000));
  return {
    memoryMicros: Infinity,
    key: ({ metadata: { uid } }, { fieldPath, type, reason, message }) =>
      [uid, fieldPath, type, reason, message].join('\n'),
    first: (_, at) => ({
      source: { component, host },
      count: 1,
      firstTimestamp: time(at),
      lastTimestamp: time(at),
      eventTime: null,
      reportingComponent: component,
      reportingInstance: host ?? '',
    }),
    repeat: (count, at) => ({ count, lastTimestamp: time(at) }),
  };
}

const SERIES_MICROS = 6 * 60_000_000;

/**
 * As a series, like client-go's newer recorder writes it, which KubeRay uses. An
 * object that has changed since makes it another event.
 */
export function eventSeries(controller: string): EventForm {
  return {
    memoryMicros: SERIES_MICROS,
    key: ({ metadata }, { reason, action, message }) =>
      [metadata.uid, metadata.resourceVersion, reason, action, message].join(
        '\n',
      ),
    first: ({ action }, at) => ({
      action,
      eventTime: formatMicroTime(at),
      reportingComponent: controller,
      reportingInstance: `${controller}-${hostname()}`,
    }),
    repeat: (count, at) => ({
      series: { count, lastObservedTime: formatMicroTime(at) },
    }),
  };
}
