/** Starts the plugin in a backend of its own. */
export interface PortalOrder {
  readonly type: 'start';
  readonly kubeconfig: string;
  readonly context?: string;
  readonly namespace: string;
  readonly port: number;
}

/** Lets the benchmark in; it is reachable from this machine only. */
export const TOKEN = 'benchmark-of-this-machine';
