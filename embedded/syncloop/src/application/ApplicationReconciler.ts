import { stringifyError } from '@backstage/errors';
import { Cluster } from '../cluster/Cluster';
import { syncTargets } from '../cluster/syncTargets';
import {
  compareApplication,
  CompareInput,
  Comparison,
} from '../compare/compareApplication';
import { RepoReader, repositoryName } from '../git/RepoReader';
import { Tracking } from '../Tracking';
import {
  Application,
  ApplicationSpec,
  applicationSpec,
  ApplicationStatus,
  Condition,
  OperationState,
  SyncOperation,
} from './Application';
import { AppliedRecords } from './AppliedRecords';
import { askedSync, decideAsked, failedOperation } from './askedSync';
import {
  comparedStatus,
  extendHistory,
  failedStatus,
  finishedOperation,
  mergeResults,
} from './buildStatus';
import { Decision, decideSync, HealRecord } from './decideSync';

export interface ReconcilerOptions {
  readonly repo: RepoReader;
  /** The cluster that a destination names, if there is one. */
  readonly clusterOf: (
    destination: ApplicationSpec['destination'],
  ) => Cluster | undefined;
  readonly tracking: Tracking;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

export interface Outcome {
  readonly status: ApplicationStatus;
  /** A sync that ran; absent when nothing was to be done. */
  readonly operation?: OperationState;
  /** When to look again, in milliseconds, if nothing happens before. */
  readonly againIn?: number;
}

type SyncDecision = Extract<Decision, { action: 'sync' }>;

/** Brings one Application at a time closer to git, and says how it stands. */
export class ApplicationReconciler {
  readonly #applied = new AppliedRecords();
  readonly #heals = new Map<string, HealRecord & { revision: string }>();

  readonly #options: ReconcilerOptions;

  constructor(options: ReconcilerOptions) {
    this.#options = options;
  }

  async reconcile(app: Application): Promise<Outcome> {
    const asked = askedSync(app);
    const outcome = await this.#attempt(app, asked?.operation);
    if (!asked || (asked.operation && outcome.operation)) return outcome;
    const { status } = outcome;
    const operation = failedOperation(app, asked, status, this.#now());
    return { operation, status: { ...status, operationState: operation } };
  }

  async #attempt(app: Application, asked?: SyncOperation): Promise<Outcome> {
    const before = app.status;
    const now = this.#now();
    const fail = (condition: Condition): Outcome => ({
      status: failedStatus({ condition, before, now }),
    });
    const parsed = applicationSpec.safeParse(app.spec);
    if (!parsed.success) {
      const [issue] = parsed.error.issues;
      return fail({
        type: 'InvalidSpecError',
        message: `spec.${issue.path.join('.')}: ${issue.message}`,
      });
    }
    const spec = parsed.data;
    const repository = repositoryName(spec.source.repoURL);
    if (!repository) {
      return fail({
        type: 'InvalidSpecError',
        message: `${spec.source.repoURL} names no repository`,
      });
    }
    const cluster = this.#options.clusterOf(spec.destination);
    if (!cluster) {
      const { name, server } = spec.destination;
      return fail({
        type: 'InvalidSpecError',
        message: `there are no clusters with this name: ${name ?? server}`,
      });
    }
    try {
      return await this.#bring(app, { spec, repository, cluster, asked });
    } catch (error) {
      const message = stringifyError(error);
      return { ...fail({ type: 'ComparisonError', message }), againIn: 5_000 };
    }
  }

  /** Deletes everything that the Application brought. */
  async cascade(app: Application): Promise<void> {
    const { destination } = applicationSpec.parse(app.spec);
    const cluster = this.#options.clusterOf(destination);
    if (!cluster) return;
    for (const known of app.status?.resources ?? []) {
      const { group, version, kind, namespace, name } = known;
      const apiVersion = group ? `${group}/${version}` : version;
      const resource = await cluster.resource(apiVersion, kind);
      const live = (await cluster.live(resource)).get(namespace, name);
      if (live) await cluster.delete(resource, live);
    }
  }

  async #bring(
    app: Application,
    where: {
      spec: ApplicationSpec;
      repository: string;
      cluster: Cluster;
      asked?: SyncOperation;
    },
  ): Promise<Outcome> {
    const { spec, repository, cluster, asked } = where;
    const { name } = app.metadata;
    const { repo, tracking } = this.#options;
    const revision = await repo.resolve(repository, spec.source.targetRevision);
    const input: CompareInput = {
      application: name,
      spec,
      repository,
      revision,
      repo,
      cluster,
      tracking,
      known: app.status?.resources ?? [],
      isAsApplied: (manifest, live) =>
        this.#applied.isAsApplied(manifest, live),
    };
    const comparison = await compareApplication(input);
    const last = app.status?.operationState;
    const heals = this.#heals.get(name);
    const decision = asked
      ? decideAsked(asked, comparison)
      : decideSync({
          ...comparison,
          spec,
          revision,
          last,
          heals: heals?.revision === revision ? heals : undefined,
          now: this.#options.clock(),
        });
    if (decision.action !== 'sync') {
      const problem = decision.action === 'none' ? decision.problem : undefined;
      return {
        status: this.#status(app, input, comparison, last, problem),
        againIn: decision.action === 'wait' ? decision.ms : undefined,
      };
    }
    const operation = await this.#sync(decision, input, last, asked);
    const after = await compareApplication(input);
    return {
      operation,
      status: this.#status(app, input, after, operation),
      againIn: operation.phase === 'Failed' ? 1_000 : undefined,
    };
  }

  async #sync(
    decision: SyncDecision,
    input: CompareInput,
    last: OperationState | undefined,
    asked: SyncOperation | undefined,
  ): Promise<OperationState> {
    const { spec, revision, cluster, application } = input;
    if (decision.reason === 'selfHeal') {
      const healed = this.#heals.get(application);
      const count = healed?.revision === revision ? healed.count : 0;
      const lastAt = this.#options.clock();
      this.#heals.set(application, { revision, count: count + 1, lastAt });
    }
    const startedAt = this.#now();
    const { syncOptions } = asked?.sync ?? spec.syncPolicy;
    const creates = syncOptions.includes('CreateNamespace=true');
    const results = await syncTargets({
      cluster,
      targets: decision.targets,
      createNamespace: creates ? spec.destination.namespace : undefined,
      onApplied: (manifest, live) => this.#applied.note(manifest, live),
    });
    const whole = decision.reason === 'revision' || asked;
    const earlier = whole ? [] : (last?.syncResult?.resources ?? []);
    return finishedOperation({
      spec,
      asked,
      revision,
      results: mergeResults(earlier, results),
      retryCount: decision.retryCount,
      startedAt,
      now: this.#now(),
    });
  }

  #status(
    app: Application,
    input: CompareInput,
    comparison: Comparison,
    operation: OperationState | undefined,
    problem?: string,
  ): ApplicationStatus {
    const conditions: Condition[] = [...comparison.conditions];
    const failed =
      operation?.phase === 'Failed' &&
      operation.syncResult?.revision === input.revision;
    if (problem ?? failed) {
      const message = problem ?? operation?.message ?? '';
      conditions.push({ type: 'SyncError', message });
    }
    return {
      ...comparedStatus({
        spec: input.spec,
        revision: input.revision,
        comparison,
        conditions,
        before: app.status,
        now: this.#now(),
      }),
      operationState: operation,
      history: operation
        ? extendHistory(app.status?.history, operation)
        : app.status?.history,
    };
  }

  #now(): string {
    return new Date(this.#options.clock())
      .toISOString()
      .replace(/\.\d+Z$/, 'Z');
  }
}
