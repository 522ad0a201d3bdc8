import type { Logger } from '@ml-platform/kube';

/** A bearer token and the user that it stands for. */
export interface ApiToken {
  readonly token: string;
  /** User name in messages and in SelfSubjectReview, for example `admin`. */
  readonly username: string;
  readonly groups?: readonly string[];
}

/** What {@link startApiServer} needs. */
export interface ApiServerOptions {
  /** Name of the cluster, for logs. */
  readonly name: string;
  /** Folder of the database; made where it is missing. */
  readonly dataDir: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** A loopback address; default 127.0.0.1. */
  readonly host?: string;
  /** PEM of the server's private key and certificate. */
  readonly tls: { readonly key: string; readonly cert: string };
  readonly tokens: readonly ApiToken[];
  /** Bearer token that the server shows to kubelets when it reads pod logs. */
  readonly kubeletToken: string;
  readonly logger: Logger;
  /** How often a watch that asked for bookmarks gets one, in ms; default 30 s. */
  readonly bookmarkIntervalMs?: number;
  /** How long events are kept, in ms; default one hour, as in Kubernetes. */
  readonly eventTtlMs?: number;
  /** Changes kept for each resource for watches to resume from; default 4096. */
  readonly watchHistory?: number;
  /** The current time in ms; default Date.now. */
  readonly now?: () => number;
}

/** A running server. */
export interface ApiServer {
  /** For example `https://127.0.0.1:7011`. */
  readonly url: string;
  /** Ends every watch and connection, and closes the database. */
  close(): Promise<void>;
}
