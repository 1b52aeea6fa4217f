import type { ShowRow } from './show-rows.ts';
import type { ShowView } from './show-view.ts';

/** The agent's programs on this machine. */
const services = [{ displayName: 'Agent Service', serviceName: 'himds' }] as const;

export const servicesName = 'Dependent Service Status';
export const servicesKey = 'services';

export interface Shown {
  readonly view: ShowView;
  readonly rows: readonly ShowRow[];
  readonly withServices: boolean;
}

const nameWidth = 40;

/** Aligned `Name : value` lines, the services indented below their heading. */
export const renderShowText = ({ view, rows, withServices }: Shown): string => {
  const lines = rows.map((row) => line(row.name, valueWithHint(row, view)));
  if (withServices) {
    lines.push(servicesName);
    for (const { displayName, serviceName } of services)
      lines.push(line(`  ${displayName} (${serviceName})`, view.himds));
  }
  return `${lines.join('\n')}\n`;
};

const line = (name: string, value: string): string => `${name.padEnd(nameWidth)}: ${oneLine(value)}`.trimEnd();

const valueWithHint = (row: ShowRow, view: ShowView): string => {
  const hint = row.hint?.(view) ?? '';
  return hint === '' ? row.value(view) : `${row.value(view)} (${hint})`;
};

/** Texts of foreign origin can neither begin a line of their own nor drive the terminal. */
const oneLine = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  text.replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ');

const unitState = { running: 'active', stopped: 'inactive', unknown: 'unknown' } as const;

export const renderShowJson = ({ view, rows, withServices }: Shown): Readonly<Record<string, unknown>> => ({
  ...Object.fromEntries(rows.map((row) => [row.key, row.value(view)])),
  ...(withServices ? { [servicesKey]: services.map((each) => ({ ...each, status: unitState[view.himds] })) } : {}),
});
