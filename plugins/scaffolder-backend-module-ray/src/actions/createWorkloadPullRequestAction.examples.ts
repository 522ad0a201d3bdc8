import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { writeYaml } from '@ml-platform/rayjob';

export const examples: TemplateExample[] = [
  {
    description: 'Propose the files that an earlier step wrote',
    example: writeYaml({
      steps: [
        {
          id: 'pull-request',
          name: 'Open the pull request',
          action: 'ray:workload:pull-request',
          input: {
            name: 'galaxy-classifier',
            sourcePath: './workload',
            description: 'Tells spirals from ellipticals.',
          },
        },
      ],
    }),
  },
];
