import type { JobSummary } from './types';

/** A page outside of the portal: an http or https address. */
export interface DashboardLink {
  readonly title: string;
  readonly url: string;
}

/** A page outside of the portal, as a template of its address. */
export interface DashboardTemplate {
  readonly title: string;
  /** Address with placeholders of {@link DASHBOARD_FIELDS} in braces. */
  readonly url: string;
}

/** What a dashboard's address can say about a job, for example `{namespace}`. */
export const DASHBOARD_FIELDS = [
  'cluster',
  'namespace',
  'name',
  'workload',
  'rayCluster',
  'jobId',
  'from',
  'to',
] as const;

type DashboardField = (typeof DASHBOARD_FIELDS)[number];

/** What the row of a job does not tell. */
export interface DashboardFacts {
  readonly rayCluster?: string;
  /** Id of the job in Ray's own API. */
  readonly jobId?: string;
}

const PLACEHOLDER = /\{([^{}]*)\}/g;

/** True for an address that may become a link: no `javascript:`, no `file:`. */
export function isHttpUrl(url: string): boolean {
  try {
    return ['http:', 'https:'].includes(new URL(url).protocol);
  } catch {
    return false;
  }
}

function isField(name: string): name is DashboardField {
  return DASHBOARD_FIELDS.some(field => field === name);
}

/**
 * What is wrong with the address of a dashboard, as the end of a sentence;
 * `undefined` when nothing is.
 */
export function checkDashboardUrl(template: string): string | undefined {
  const names = [...template.matchAll(PLACEHOLDER)].map(([, name]) => name);
  const unknown = names.find(name => !isField(name));
  if (unknown !== undefined) {
    return `has the placeholder {${unknown}}; use ${DASHBOARD_FIELDS.map(
      field => `{${field}}`,
    ).join(', ')}`;
  }
  if (!isHttpUrl(template.replace(PLACEHOLDER, 'x'))) {
    return 'has an address that is not an http:// or https:// address';
  }
  // A job must not choose the host that people are sent to.
  const origin = /^[a-z]+:\/\/[^/?#]*/i.exec(template)?.[0] ?? '';
  return /[{}@\\]/.test(origin)
    ? 'has a placeholder or a user in its host; put placeholders after the first slash'
    : undefined;
}

function milliseconds(time: string): string | undefined {
  const value = Date.parse(time);
  return Number.isNaN(value) ? undefined : String(value);
}

function fieldsOf(
  job: JobSummary,
  facts: DashboardFacts,
): Readonly<Record<DashboardField, string | undefined>> {
  const { cluster, namespace, name, workload, createdAt, endedAt } = job;
  return {
    cluster,
    namespace,
    name,
    workload,
    rayCluster: facts.rayCluster,
    jobId: facts.jobId,
    from: milliseconds(job.startedAt ?? createdAt),
    // Grafana's word for the end of what still runs.
    to: endedAt ? milliseconds(endedAt) : 'now',
  };
}

function fill(
  { title, url }: DashboardTemplate,
  fields: Readonly<Partial<Record<DashboardField, string>>>,
): DashboardLink | undefined {
  let missing = false;
  const filled = url.replace(PLACEHOLDER, (_, name: string) => {
    const value = isField(name) ? fields[name] : undefined;
    // Two dots are not encoded: they would lead to another page.
    missing ||= !value || /^\.+$/.test(value);
    return encodeURIComponent(value ?? '');
  });
  return missing || !isHttpUrl(filled) ? undefined : { title, url: filled };
}

/** The pages about a job; those that need what is not known yet are left out. */
export function jobDashboards(
  templates: readonly DashboardTemplate[],
  job: JobSummary,
  facts: DashboardFacts = {},
): DashboardLink[] {
  const fields = fieldsOf(job, facts);
  return templates.flatMap(template => fill(template, fields) ?? []);
}

/** The pages that are about a cluster as a whole. */
export function clusterDashboards(
  templates: readonly DashboardTemplate[],
  cluster: string,
): DashboardLink[] {
  return templates.flatMap(template => fill(template, { cluster }) ?? []);
}
