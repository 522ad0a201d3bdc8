import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { parse } from 'yaml';
import { ROOT } from '../support/runPlatform';
import { readRules, type RuleGroup } from './support/gitopsFiles';
import { promtool } from './support/tools';

const TESTS = join(__dirname, 'alerts');
const WORK = join(ROOT, 'e2e/.results/alerts');
const RUNBOOKS = join(ROOT, 'docs/runbooks.md');
const RUNBOOK =
  /^https:\/\/github\.com\/ml-platform\/ml-platform\/blob\/main\/docs\/runbooks\.md#([a-z0-9-]+)$/;

interface AlertTests {
  readonly tests: readonly {
    readonly alert_rule_test: readonly {
      readonly alertname: string;
      readonly exp_alerts: readonly unknown[];
    }[];
  }[];
}

const rules = readRules();
const alerts = [...rules.values()].flat().flatMap(group => group.rules);

/** promtool compares all annotations; the tests say what the summary becomes. */
const withSummaryOnly = (groups: readonly RuleGroup[]) => ({
  groups: groups.map(group => ({
    ...group,
    rules: group.rules.map(({ annotations: { summary }, ...rule }) => ({
      ...rule,
      annotations: { summary },
    })),
  })),
});

test.beforeAll(async () => {
  await rm(WORK, { recursive: true, force: true });
  await mkdir(WORK, { recursive: true });
  await cp(TESTS, WORK, { recursive: true });
  for (const [file, groups] of rules) {
    const text = JSON.stringify(withSummaryOnly(groups));
    await writeFile(join(WORK, file), text);
  }
});

for (const file of rules.keys()) {
  const tests = file.replace('-rules.yaml', '.yaml');

  test(`promtool accepts ${file}`, async () => {
    const checked = await promtool(['check', 'rules', file], WORK);
    expect(checked.text).toContain('SUCCESS');
    expect(checked.ok).toBe(true);
  });

  test(`the alerts of ${file} fire when they should, and only then`, async () => {
    const tested = await promtool(['test', 'rules', tests], WORK);
    expect(tested.text).toContain('SUCCESS');
    expect(tested.ok, tested.text).toBe(true);

    const { tests: cases }: AlertTests = parse(
      await readFile(join(TESTS, tests), 'utf8'),
    );
    const of = (fires: boolean) =>
      cases
        .flatMap(({ alert_rule_test }) => alert_rule_test)
        .filter(({ exp_alerts }) => exp_alerts.length > 0 === fires)
        .map(({ alertname }) => alertname)
        .sort();
    const names = (rules.get(file) ?? [])
      .flatMap(group => group.rules)
      .map(({ alert }) => alert)
      .sort();
    expect(of(true)).toEqual(names);
    expect(of(false)).toEqual(names);
  });
}

test('each alert has a name of its own and says what to do', () => {
  expect(new Set(alerts.map(({ alert }) => alert)).size).toBe(alerts.length);
  for (const { alert, labels, annotations, for: pending } of alerts) {
    expect(['info', 'warning', 'critical'], alert).toContain(labels.severity);
    expect(annotations.description, alert).toMatch(/\.$/);
    expect(annotations.runbook_url, alert).toMatch(RUNBOOK);
    expect(pending, alert).toMatch(/^\d+[mh]$/);
  }
});

test('each runbook that an alert names is described', async () => {
  for (const document of [join(ROOT, 'docs/observability.md'), RUNBOOKS]) {
    const text = await readFile(document, 'utf8');
    const anchors = document === RUNBOOKS ? headings(text) : links(text);
    const missing = alerts
      .map(({ annotations }) => RUNBOOK.exec(annotations.runbook_url)?.[1])
      .filter(anchor => anchor === undefined || !anchors.has(anchor));
    expect(missing, document).toEqual([]);
  }
});

/** Anchors that GitHub and MkDocs make of the headings of a document. */
function headings(text: string): ReadonlySet<string> {
  return new Set(
    [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading]) =>
      heading
        .toLowerCase()
        .replace(/[^\w\s-]/g, '')
        .trim()
        .replace(/\s+/g, '-'),
    ),
  );
}

/** Anchors of the runbooks that a document links to. */
function links(text: string): ReadonlySet<string> {
  return new Set(
    [...text.matchAll(/runbooks\.md#([a-z0-9-]+)/g)].map(
      ([, anchor]) => anchor,
    ),
  );
}
