import { limits } from '../packages/contracts/src/index.ts';
import { Environment as LauncherSettings } from '../packages/launcher/src/config.ts';
import { Environment as RecommenderSettings } from '../packages/recommender-host/src/config.ts';
import { Config, WorkerConfig } from '../services/mediator/src/config.ts';
import { Environment as StorefrontSettings } from '../services/storefront/src/server/config.ts';
import { schemaTable } from './schemaTable.ts';
import { settingsTable } from './settingsTable.ts';

/** The tables that guides hold between `<!-- table: name -->` and `<!-- end of table -->`. */
const tables: Readonly<Record<string, () => string>> = {
  request: () => schemaTable('HomepageRequest'),
  page: () => schemaTable('Page', { isAnswer: true, elsewhere: ['Trace'] }),
  trace: () => schemaTable('Trace', { isAnswer: true }),
  manifest: () => schemaTable('WidgetManifest', { elsewhere: ['Item'] }),
  publication: () => schemaTable('Publication', { elsewhere: ['Item'] }),
  item: () => schemaTable('Item'),
  receipt: () => schemaTable('Receipt', { isAnswer: true, elsewhere: ['Verdict', 'ProblemError'] }),
  'source-request': () => schemaTable('SourceRequest', { isAnswer: true }),
  'ranker-request': () => schemaTable('RankerRequest', { isAnswer: true }),
  'ranker-answer': () => schemaTable('RankerAnswer', { isAnswer: true }),
  layout: () => schemaTable('Layout', { elsewhere: ['Item'] }),
  limits: limitsTable,
  mediator: () => settingsTable(Config),
  worker: () => settingsTable(WorkerConfig),
  storefront: () => settingsTable(StorefrontSettings),
  recommender: () => settingsTable(RecommenderSettings),
  launcher: () => settingsTable(LauncherSettings),
};

export const tableNames: readonly string[] = Object.keys(tables);

/** The guides that hold generated tables, from the repository's root. */
export const guidesWithTables = [
  'docs/guides/frontends.md',
  'docs/guides/recommender-teams.md',
  'docs/guides/operators.md',
] as const;

/** A guide with its tables as the code has them now. Throws when it asks for one that does not exist. */
export function withTables(guide: string): string {
  return guide.replaceAll(
    /(<!-- table: ([a-z-]+) -->\n)[\s\S]*?(<!-- end of table -->)/g,
    (_all, opening: string, name: string, closing: string) => {
      const table = tables[name];
      if (table === undefined) throw new Error(`there is no table ${name}`);
      return `${opening}\n${table()}\n\n${closing}`;
    },
  );
}

function limitsTable(): string {
  const rows = Object.entries(limits).map(
    ([name, value]) => `| \`${name}\` | ${value.toLocaleString('en')} |`,
  );
  return ['| limit | is |', '| --- | --- |', ...rows].join('\n');
}
