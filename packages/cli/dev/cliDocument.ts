import type { Command, Option } from 'commander';
import { EXIT_MEANINGS } from '../src/exitCodes';
import { createProgram } from '../src/program';

const HEAD = `# The command line

<!-- Written by npm run generate from the commands themselves. -->

\`ml-platform\` starts, follows and stops training jobs from a terminal.

\`build\` and \`submit --pull-request\` do what the template _Create training job_ does, by the same
code; \`create-workload\` runs the template _Create workload_ in the portal.

## Get it

In a checkout, without Node on the machine:

\`\`\`sh
uv sync && source .venv/bin/activate && ml-platform status
\`\`\`

Everywhere else, with Node 20 or newer:

\`\`\`sh
npm install --global @ml-platform/cli
\`\`\`

The first run in a checkout builds the command line, which takes a minute or two. The npm
package isn't published yet: until then, \`npm run build:cli\` in a checkout builds it, and
\`npm install --global ./packages/cli/dist\` installs it.

## Where it talks to

It goes straight to a cluster, as you: the current kubecontext, found as \`kubectl\` finds
it, or what \`--context\` and \`--kubeconfig\` name. \`ml-platform init\` writes a
\`.ml-platform.yaml\` for a project, with everything that need not be said each time. What
comes first wins:

1. options
2. environment: \`ML_PLATFORM_CONTEXT\`, \`ML_PLATFORM_NAMESPACE\`, \`ML_PLATFORM_PORTAL\`,
   \`ML_PLATFORM_REGISTRY\`, \`ML_PLATFORM_USER\`
3. \`.ml-platform.yaml\` in the current folder or the nearest one above it
4. the platform that \`npm start\` runs in this checkout
5. \`ml-platform/config.yaml\` in your configuration folder (\`~/.config\`)

\`\`\`yaml
# .ml-platform.yaml
contexts:
  workload: gke_my-project_europe-west3_workload
  management: gke_my-project_europe-west3_management
cluster: workload-cluster # its name in the portal and in git
namespace: training
registry: europe-west3-docker.pkg.dev/my-project/images
builder:
  type: podman # or docker, buildah; without it, what the machine has
git:
  repository: https://github.com/my-org/platform # the token is GITHUB_TOKEN
portal: https://portal.example.com
\`\`\`

Without access to the cluster, go through the portal: \`ml-platform login --portal URL\`
once, or a token in \`ML_PLATFORM_TOKEN\`, and \`--portal URL\` (or \`via: portal\` in the
settings). The commands are the same. The portal decides what you may do, and it also has
the jobs and logs that are gone from their clusters.

\`ml-platform doctor\` checks each link and says what to do.

## For scripts

Data goes to stdout, everything else to stderr. \`-o json\`, \`-o yaml\` and \`-o name\` have
stable fields; with \`--watch\`, JSON is one line for each change. Colour needs a terminal,
and \`NO_COLOR\` switches it off. In CI, \`submit --follow\` prints the log and ends as the
job does. \`ml-platform completion bash\` (or \`zsh\`, \`fish\`) prints what your shell needs
to complete commands, options and names of jobs.

`;

const code = (text: string) => `\`${text.replaceAll('|', '\\|')}\``;

function optionRow(option: Option): string {
  const choices = option.argChoices ? `: ${option.argChoices.join(', ')}` : '';
  const initial =
    typeof option.defaultValue === 'string'
      ? `; default ${option.defaultValue}`
      : '';
  return `| ${code(option.flags)} | ${option.description}${choices}${initial} |`;
}

function optionTable(options: readonly Option[]): string {
  return options.length > 0
    ? `| option | |\n| --- | --- |\n${options.map(optionRow).join('\n')}\n\n`
    : '';
}

/** The examples that the help ends with. */
function examplesOf(command: Command): string {
  let text = '';
  command.configureOutput({
    writeOut: part => {
      text += part;
    },
  });
  command.outputHelp();
  const [, examples = ''] = text.split('\nExamples:\n');
  return examples
    .trimEnd()
    .split('\n')
    .map(line => line.replace(/^ {2}/, ''))
    .join('\n');
}

function section(command: Command): string {
  const help = command.createHelp();
  const usage = `ml-platform ${command.name()} ${command.usage()}`;
  const options = help
    .visibleOptions(command)
    .filter(({ long }) => long !== '--help');
  const examples = examplesOf(command);
  const description = command.description();
  return [
    `### ${command.name()}\n\n`,
    `${description[0].toUpperCase()}${description.slice(1)}.\n\n`,
    `\`\`\`\n${usage.replace(/\s+/g, ' ').trim()}\n\`\`\`\n\n`,
    optionTable(options),
    examples ? `\`\`\`sh\n${examples}\n\`\`\`\n\n` : '',
  ].join('');
}

/** `docs/cli.md`: what the command line is, from its own commands. */
export function cliDocument(): string {
  const program = createProgram(
    { stdout: process.stdout, stderr: process.stderr },
    () => async () => {},
  );
  const exits = EXIT_MEANINGS.map(
    ([status, meaning]) => `| ${status} | ${meaning} |`,
  );
  return [
    HEAD,
    `| exit status | |\n| --- | --- |\n${exits.join('\n')}\n\n`,
    '## Options of all commands\n\n',
    optionTable(program.options.filter(({ long }) => long !== '--version')),
    '## Commands\n\n',
    ...program.commands.map(section),
  ].join('');
}
