import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { checkDashboardUrl } from '@ml-platform/rayjob';
import { ROOT } from '../support/runPlatform';
import {
  publishedDashboards,
  readDashboards,
  type Panel,
} from './support/gitopsFiles';

const dashboards = readDashboards();
/** Of Grafana itself, for example $__range. */
const OWN = /^__/;

const overlaps = ({ gridPos: a }: Panel, { gridPos: b }: Panel) =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

test('every dashboard is published', () => {
  expect(publishedDashboards().sort()).toEqual(
    dashboards.map(({ file }) => file).sort(),
  );
});

test('no two dashboards have the same address or title', () => {
  for (const of of ['uid', 'title'] as const) {
    const all = dashboards.map(dashboard => dashboard[of]);
    expect(new Set(all).size).toBe(all.length);
  }
});

for (const dashboard of dashboards) {
  const panels = dashboard.panels.filter(({ type }) => type !== 'row');

  test.describe(`${dashboard.title}`, () => {
    test('says what it and each of its panels and variables are for', () => {
      expect(dashboard.description).toMatch(/\.$/);
      expect(dashboard.tags).toContain('ml-platform');
      for (const { title, description } of panels) {
        expect(title).not.toBe('');
        expect(description, title).toMatch(/\.$/);
      }
      for (const { name, label, description } of dashboard.templating.list) {
        expect(label, name).not.toBe('');
        expect(description, name).toMatch(/\.$/);
      }
    });

    test('has a unit for everything, and room for each panel', () => {
      const { panels: all } = dashboard;
      expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
      for (const panel of panels) {
        const { title, targets = [], fieldConfig, gridPos } = panel;
        expect(fieldConfig?.defaults.unit, title).toBeTruthy();
        expect(targets.length, title).toBeGreaterThan(0);
        expect(new Set(targets.map(({ refId }) => refId)).size).toBe(
          targets.length,
        );
        expect(gridPos.x + gridPos.w, title).toBeLessThanOrEqual(24);
      }
      const collisions = all.flatMap((panel, i) =>
        all
          .slice(i + 1)
          .filter(other => overlaps(panel, other))
          .map(other => `${panel.title} and ${other.title}`),
      );
      expect(collisions).toEqual([]);
    });

    test('asks the data source that is chosen, and no other', () => {
      const { list } = dashboard.templating;
      const chosen = list
        .filter(({ type }) => type === 'datasource')
        .map(({ name }) => `\${${name}}`);
      expect(chosen.length).toBeGreaterThan(0);
      const asked = [
        ...list.flatMap(({ datasource }) => datasource ?? []),
        ...panels.flatMap(({ datasource, targets = [] }) => [
          ...(datasource ? [datasource] : []),
          ...targets.map(target => target.datasource),
        ]),
      ];
      for (const { uid } of asked) expect(chosen).toContain(uid);
    });

    test('uses no variable that is not declared', () => {
      const declared = dashboard.templating.list.map(({ name }) => name);
      const used = JSON.stringify(dashboard.panels).matchAll(/\$\{?(\w+)\}?/g);
      const unknown = [...used]
        .map(([, name]) => name)
        .filter(name => !OWN.test(name) && !declared.includes(name));
      expect(unknown).toEqual([]);
    });
  });
}

test('the link from a job in the portal chooses what the dashboard can choose', async () => {
  const text = await readFile(join(ROOT, 'docs/observability.md'), 'utf8');
  const url = /url: (https:\/\/\S+\/d\/(ml-platform-\S+?)\?\S+)/.exec(text);
  expect(url).not.toBeNull();
  const [, template = '', uid = ''] = url ?? [];
  expect(checkDashboardUrl(template)).toBeUndefined();
  const dashboard = dashboards.find(one => template.includes(`/d/${one.uid}?`));
  expect(dashboard, uid).toBeDefined();
  const variables = [...template.matchAll(/[?&]var-(\w+)=/g)].map(
    ([, name]) => name,
  );
  expect(variables).toEqual(dashboard?.templating.list.map(({ name }) => name));
});
