import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  ReviewState,
  type ParsedTemplateSchema,
} from '@backstage/plugin-scaffolder-react/alpha';
import { render, screen, within } from '@testing-library/react';
import { parse } from 'yaml';

interface Template {
  readonly spec: {
    readonly parameters: readonly ParsedTemplateSchema['schema'][];
    readonly output: {
      readonly text: readonly { readonly content: string }[];
    };
  };
}

/** The initial values of a form. */
function defaultsOf(schema: ParsedTemplateSchema['schema']) {
  const fields = Object.entries(schema.properties ?? {});
  return fields.map(([key, field]) => [key, field.default]);
}

function readTemplate(name: string): Template {
  const templates = join(__dirname, '../../../../templates');
  return parse(readFileSync(join(templates, name, 'template.yaml'), 'utf8'));
}

describe('the form for a training job', () => {
  const { parameters, output } = readTemplate('create-training-job').spec;

  it('shows the labels and choices of the form in the review', () => {
    render(
      <ReviewState
        formState={Object.fromEntries(parameters.flatMap(defaultsOf))}
        schemas={parameters.map(schema => ({
          title: 'Step',
          schema,
          mergedSchema: schema,
          uiSchema: {},
        }))}
      />,
    );
    const row = (label: string) =>
      screen
        .getAllByRole('row')
        .find(each => within(each).queryByText(label)) as HTMLElement;
    expect(row('Keep the Ray cluster for')).toHaveTextContent(/5 minutes$/);
    expect(screen.queryByText('Preview')).not.toBeInTheDocument();
  });

  it('shows only tables whose columns have names', () => {
    const heads = output.text
      .flatMap(({ content }) => content.split('\n'))
      .filter((_, index, lines) =>
        /^\|[\s|-]+\|$/.test(lines[index + 1] ?? ''),
      );
    expect(heads).toHaveLength(1);
    for (const head of heads) {
      for (const name of head.split('|').slice(1, -1)) {
        expect(name.trim()).not.toBe('');
      }
    }
  });
});
