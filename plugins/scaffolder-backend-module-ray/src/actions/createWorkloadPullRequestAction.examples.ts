import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Propose the files that an earlier step wrote',
    example: stringify({
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
