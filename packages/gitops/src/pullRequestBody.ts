import {
  describeBytes,
  formatCpu,
  jobSummary,
  typedEntrypoint,
  type Container,
  type RayJob,
} from '@ml-platform/rayjob';

// What a user typed must neither end its cell nor become markup.
function cell(text: string): string {
  const plain = text.replace(/[\r\n]+/g, ' ').replace(/\|/g, '\\|');
  const fence = '`'.repeat(
    Math.max(0, ...(plain.match(/`+/g) ?? []).map(run => run.length)) + 1,
  );
  return fence.length > 1
    ? `${fence} ${plain} ${fence}`
    : `${fence}${plain}${fence}`;
}

// Values may be confidential and stay out of the text; the diff has them.
function variableNames(job: RayJob): string {
  const containers: ReadonlyArray<
    Container & { readonly env?: ReadonlyArray<{ readonly name: string }> }
  > = job.spec?.rayClusterSpec?.headGroupSpec?.template?.spec?.containers ?? [];
  return containers
    .flatMap(({ env = [] }) => env.map(({ name }) => name))
    .join(', ');
}

/** Text of the pull request that asks for a run, in GitHub's Markdown. */
export function pullRequestBody(options: {
  readonly cluster: string;
  readonly job: RayJob;
  readonly jobUrl: string;
  readonly taskUrl: string;
  /** More to say, in Markdown. */
  readonly description?: string;
}): string {
  const { cluster, job, jobUrl, taskUrl, description } = options;
  const summary = jobSummary(cluster, job);
  const { cpu, memory, accelerators } = summary.resources;
  const rows: Array<[string, string | undefined]> = [
    ['Workload', summary.workload],
    ['Version', summary.version],
    ['Image', summary.image],
    ['Runs on', `${cluster} / ${summary.namespace}`],
    ['Entrypoint', typedEntrypoint(job.spec?.entrypoint ?? '')],
    ['Workers', String(summary.workers.desired)],
    [
      'In all',
      [
        `${formatCpu(cpu)} CPU`,
        describeBytes(memory),
        ...Object.entries(accelerators).map(
          ([name, count]) => `${count} ${name}`,
        ),
      ].join(', '),
    ],
    ['Environment', variableNames(job)],
    ['Asked for by', summary.owner],
    ['Source commit', summary.gitops?.sourceCommit],
  ];
  return [
    `Merging this starts the training job **${summary.name}**.`,
    ...(description ? ['', description] : []),
    '',
    '| | |',
    '| --- | --- |',
    ...rows
      .filter((row): row is [string, string] => Boolean(row[1]))
      .map(([title, value]) => `| ${title} | ${cell(value)} |`),
    '',
    `[Training job](${jobUrl}) · [Task](${taskUrl})`,
    '',
  ].join('\n');
}
