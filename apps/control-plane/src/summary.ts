import type { Bootstrap } from './bootstrap/first-tenant.ts';
import type { Config } from './config/config.ts';

export interface SummaryFacts {
  readonly config: Config;
  readonly caFile: string;
  readonly bootstrapFile: string;
  /** Present on the start that made the first tenant. */
  readonly made: Bootstrap | undefined;
}

/** What an administrator reads after a start. The password is in it once, on the first. */
export const summaryOf = ({ config, caFile, bootstrapFile, made }: SummaryFacts): string => {
  const rows: (readonly [string, string])[] = [
    ['Data folder', config.data],
    ['Database', config.databaseUrl === undefined ? 'embedded PostgreSQL' : 'PostgreSQL at --database-url'],
    ['Trust', caFile],
    ['Log', config.log],
  ];
  if (made !== undefined) {
    rows.push(
      ['Tenant', made.tenantId],
      ['Subscription', made.subscriptionId],
      ['Resource group', `${made.resourceGroup} (${made.location})`],
      ['Administrator', made.admin.username],
      ['Password', `${made.admin.password}  (shown this once)`],
      ['For scripts', bootstrapFile],
    );
  }
  const lines = rows.map(([name, value]) => `  ${name.padEnd(15)} ${value}`);
  return [
    `Holdfast ${made === undefined ? 'is running' : 'is set up and running'}`,
    ...lines,
    `ready ${config.origin}`,
    '',
  ].join('\n');
};
