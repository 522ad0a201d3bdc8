import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { stringify } from 'yaml';

export const examples: TemplateExample[] = [
  {
    description: 'Pin a workload of the catalog to its newest commit',
    example: stringify({
      steps: [
        {
          id: 'workload',
          name: 'Find the workload',
          action: 'ray:workload:resolve',
          input: { entityRef: 'component:default/hello-ray' },
        },
      ],
    }),
  },
];
