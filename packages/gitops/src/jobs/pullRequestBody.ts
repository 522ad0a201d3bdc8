import {
  DEFAULT_JOB_PRESETS,
  describeBytes,
  estimateCost,
  formatCpu,
  jobSummary,
  typedEntrypoint,
  type Container,
  type JobPresets,
  type JobSummary,
  type RayJob,
} from '@ml-platform/rayjob';
import { inlineCode } from './markdown';

// A bar would end the cell.
const cell = (text: string) => inlineCode(text.replace(/\|/g, '\\|'));

// Values may be confidential and stay out of the text; the diff has them.
function variableNames(job: RayJob): string {
  const containers: ReadonlyArray<
    Container & { readonly env?: ReadonlyArray<{ readonly name: string }> }
  > = job.spec?.rayClusterSpec?.headGroupSpec?.template?.spec?.containers ?? [];
  return containers
    .flatMap(({ env = [] }) => env.map(({ name }) => name))
    .join(', ');
}

function workersText({ workers }: JobSummary): string {
  const { desired, max = desired } = workers;
  return max > desired ? `${desired}, up to ${max}` : String(desired);
}

/** Text of the pull request that asks for a run, in GitHub's Markdown. */
export function pullRequestBody(options: {
  readonly cluster: string;
  readonly job: RayJob;
  /** Web pages about the run, by their titles. */
  readonly links?: Readonly<Record<string, string>>;
  /** More to say, in Markdown. */
  readonly description?: string;
  /** What people choose jobs from, for its prices. */
  readonly presets?: JobPresets;
}): string {
  const { cluster, job, links = {}, description } = options;
  const { presets = DEFAULT_JOB_PRESETS } = options;
  const summary = jobSummary(cluster, job);
  const { cpu, memory, accelerators } = summary.resources;
  const rows: Array<[string, string | undefined]> = [
    ['Workload', summary.workload],
    ['Version', summary.version],
    ['Image', summary.image],
    ['Runs on', `${cluster} / ${summary.namespace}`],
    ['Entrypoint', typedEntrypoint(job.spec?.entrypoint ?? '')],
    ['Workers', workersText(summary)],
    [
      'In total',
      [
        `${formatCpu(cpu)} CPU`,
        describeBytes(memory),
        ...Object.entries(accelerators).map(
          ([name, count]) => `${count} ${name}`,
        ),
      ].join(', '),
    ],
    ['Cost', estimateCost(job, presets).text],
    ['Environment', variableNames(job)],
    ['Requested by', summary.owner],
    ['Source commit', summary.gitops?.sourceCommit],
  ];
  return [
    `Merging this starts the training job **${summary.name}**.`,
    ...(description ? ['', description] : []),
    '',
    '| What will run | |',
    '| --- | --- |',
    ...rows
      .filter((row): row is [string, string] => Boolean(row[1]))
      .map(([title, value]) => `| ${title} | ${cell(value)} |`),
    '',
    Object.entries(links)
      .map(([title, url]) => `[${title}](${url})`)
      .join(' · '),
    '',
  ].join('\n');
}
