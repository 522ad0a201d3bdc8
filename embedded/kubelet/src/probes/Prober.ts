import type { Probe } from '@ml-platform/embedded-controller-runtime';
import { type ProbeTarget, runProbe } from './runProbe';

export type ProbeKind = 'Startup' | 'Readiness' | 'Liveness';

/** Told what the probes of one attempt of a container find. */
export interface ProbeObserver {
  /** The container is started: without a startup probe at once. */
  started(): void;
  ready(ready: boolean): void;
  /** One try failed. */
  unhealthy(kind: ProbeKind, output: string): void;
  /** The container has to be restarted. */
  failed(kind: 'Startup' | 'Liveness'): void;
}

export interface Probes {
  readonly startupProbe?: Probe;
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
}

/**
 * Runs a container's probes until the signal: the startup probe until it
 * succeeds, then the others side by side, by kubelet's rules.
 * https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/
 */
export async function runProbes(options: {
  readonly probes: Probes;
  readonly target: ProbeTarget;
  readonly observer: ProbeObserver;
  readonly signal: AbortSignal;
  /** Waits for some ms, or until the signal. */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}): Promise<void> {
  const { probes, observer, signal } = options;
  if (probes.startupProbe) {
    const outcome = await watch('Startup', probes.startupProbe, options, ok =>
      ok ? 'stop' : 'fail',
    );
    if (outcome === 'fail') {
      observer.failed('Startup');
    }
    if (outcome !== 'stop' || signal.aborted) {
      return;
    }
  }
  observer.started();
  if (!probes.readinessProbe) {
    observer.ready(true);
  }
  await Promise.all([
    probes.readinessProbe &&
      watch('Readiness', probes.readinessProbe, options, ok => {
        observer.ready(ok);
        return 'go on';
      }),
    probes.livenessProbe &&
      watch('Liveness', probes.livenessProbe, options, ok =>
        ok ? 'go on' : 'fail',
      ).then(outcome => {
        if (outcome === 'fail') {
          observer.failed('Liveness');
        }
      }),
  ]);
}

type Verdict = 'go on' | 'stop' | 'fail';

/** Repeats one probe, and asks for a verdict whenever its threshold is reached. */
async function watch(
  kind: ProbeKind,
  probe: Probe,
  options: Parameters<typeof runProbes>[0],
  judge: (ok: boolean) => Verdict,
): Promise<Verdict | undefined> {
  const { target, observer, signal } = options;
  const pause = (seconds: number) => options.pause(seconds * 1000, signal);
  await pause(probe.initialDelaySeconds ?? 0);
  let inRow = 0;
  let last: boolean | undefined;
  while (!signal.aborted) {
    const { ok, output } = await runProbe(probe, target);
    if (signal.aborted) {
      return undefined;
    }
    if (!ok) {
      observer.unhealthy(kind, output);
    }
    inRow = ok === last ? inRow + 1 : 1;
    last = ok;
    const threshold = ok
      ? (probe.successThreshold ?? 1)
      : (probe.failureThreshold ?? 3);
    if (inRow >= threshold) {
      const verdict = judge(ok);
      if (verdict !== 'go on') {
        return verdict;
      }
    }
    await pause(probe.periodSeconds ?? 10);
  }
  return undefined;
}
