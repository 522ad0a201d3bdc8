/** Where an API server is, as a kubeconfig says it. */
export interface ClusterEntry {
  readonly name: string;
  /** Address, without a slash at its end. */
  readonly server: string;
  /** CA certificates: PEM in base64. */
  readonly caData?: string;
  readonly caFile?: string;
  readonly skipTLSVerify?: boolean;
  /** Name in the server's certificate, where it isn't that of the address. */
  readonly tlsServerName?: string;
  readonly proxyUrl?: string;
  /** What the cluster tells a credential plugin, from its `extensions`. */
  readonly pluginConfig?: unknown;
}

/** A command that gives credentials, as a kubeconfig names it. */
export interface ExecEntry {
  /** A name on the PATH, or an absolute path. */
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly apiVersion: string;
  /** What to do when the command isn't installed. */
  readonly installHint?: string;
  readonly provideClusterInfo: boolean;
  /** Whether it may ask a person: `Never`, `IfAvailable` or `Always`. */
  readonly interactiveMode: string;
}

/** How requests prove who makes them, as a kubeconfig says it. */
export interface UserEntry {
  /** Client certificate and key: PEM in base64, or files. */
  readonly certData?: string;
  readonly certFile?: string;
  readonly keyData?: string;
  readonly keyFile?: string;
  readonly token?: string;
  readonly tokenFile?: string;
  readonly username?: string;
  readonly password?: string;
  readonly exec?: ExecEntry;
  /** A legacy way to sign in that only the client library knows. */
  readonly authProvider?: object;
  /** Headers that make requests count as those of someone else. */
  readonly impersonation?: Readonly<Record<string, string | string[]>>;
}
