import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Name the storage of a workload',
    example: `steps:
  - id: storage
    action: ray:storage:name
    input:
      workload: galaxy-classifier
      namespace: training
`,
  },
];
