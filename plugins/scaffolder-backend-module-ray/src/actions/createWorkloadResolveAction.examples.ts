import type { TemplateExample } from '@backstage/plugin-scaffolder-node';
import { writeYaml } from '@ml-platform/rayjob';

export const examples: TemplateExample[] = [
  {
    description: 'Pin a workload of the catalog to its newest commit',
    example: writeYaml({
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
