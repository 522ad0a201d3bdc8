import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { writeYaml } from '@ml-platform/rayjob';

export const examples: TemplateExample[] = [
  {
    description: 'Ask for the run that an earlier step rendered',
    example: writeYaml({
      steps: [
        {
          id: 'pull-request',
          name: 'Open the pull request',
          action: 'ray:gitops:pull-request',
          input: {
            path: '${{ steps.render.output.path }}',
            manifest: '${{ steps.render.output.manifest }}',
          },
        },
      ],
    }),
  },
  {
    description: 'With a title and a reason',
    example: writeYaml({
      steps: [
        {
          id: 'pull-request',
          name: 'Open the pull request',
          action: 'ray:gitops:pull-request',
          input: {
            path: '${{ steps.render.output.path }}',
            manifest: '${{ steps.render.output.manifest }}',
            title: 'Nightly run',
            description: 'Compares the new boundary with the old one.',
          },
        },
      ],
    }),
  },
];
