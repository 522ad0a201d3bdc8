import type { PlatformSettings, SettingsProposal } from '@ml-platform/sdk';
import { askText, choose } from '../../terminal/prompt';
import type { Io } from '../../terminal/Io';

const NONE = 'none';

/** A text, or nothing where the answer is a dash. */
async function askOptional(
  io: Io,
  question: string,
  option: string,
  initial: string | undefined,
): Promise<string | undefined> {
  const text = await askText(io, {
    question: initial ? `${question}, - for none` : question,
    option,
    initial,
  });
  return text === '-' ? undefined : text || undefined;
}

async function askContexts(
  io: Io,
  { contexts, settings }: SettingsProposal,
): Promise<PlatformSettings['contexts']> {
  const names = contexts.map(({ name }) => name);
  if (names.length === 0) {
    return settings.contexts;
  }
  const known = settings.contexts ?? {};
  const workload = await choose(io, {
    question: 'Which kubecontext is of the cluster that jobs run on?',
    option: '--context',
    choices: names,
    initial: known.workload,
  });
  const others = names.filter(name => name !== workload);
  const { management = NONE } = known;
  const chosen =
    others.length === 0
      ? NONE
      : await choose(io, {
          question:
            'Which kubecontext is of the cluster of Argo CD and the portal?',
          option: '--management-context',
          choices: [...others, NONE],
          initial: others.includes(management) ? management : NONE,
        });
  return {
    workload,
    ...(chosen === NONE ? {} : { management: chosen }),
  };
}

const gitOf = (repository: string | undefined) =>
  repository === undefined ? undefined : { repository };

/** Asks for what the options leave open, with what was found. */
export async function askSettings(
  io: Io,
  proposal: SettingsProposal,
  given: PlatformSettings,
): Promise<PlatformSettings> {
  const { settings } = proposal;
  const contexts = given.contexts?.workload
    ? settings.contexts
    : await askContexts(io, proposal);
  const sameCluster = contexts?.workload === settings.contexts?.workload;
  const ofContext = proposal.contexts.find(
    ({ name }) => name === contexts?.workload,
  )?.namespace;
  const namespace =
    given.namespace ??
    (await askOptional(
      io,
      'Namespace of jobs',
      '--namespace',
      sameCluster ? settings.namespace : (ofContext ?? settings.namespace),
    ));
  const registry =
    given.registry ??
    (await askOptional(
      io,
      'Registry and path that images are pushed to',
      '--registry',
      settings.registry,
    ));
  const repository =
    given.git?.repository ??
    (await askOptional(
      io,
      'Repository that jobs come from',
      '--repository',
      settings.git?.repository,
    ));
  const portal =
    given.portal ??
    (await askOptional(
      io,
      'Address of the portal',
      '--portal',
      settings.portal,
    ));
  return {
    ...settings,
    contexts,
    namespace,
    registry,
    git:
      repository === settings.git?.repository
        ? settings.git
        : gitOf(repository),
    portal,
  };
}
