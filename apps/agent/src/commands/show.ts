import { agentError } from '../agent-error.ts';
import type { Command } from './command.ts';
import { renderShowJson, renderShowText, type Shown, servicesKey, servicesName } from './show/render-show.ts';
import { osRows, type ShowRow, showRows } from './show/show-rows.ts';
import { findShowView } from './show/show-view.ts';

/** Prints the agent's state, all of it or the properties named. It works without root and without himds. */
export const show: Command = async ({ world, report, values, args }) => {
  const chosen = chooseRows(args, values.on('os') ? [...showRows, ...osRows] : showRows);
  const shown: Shown = { view: await findShowView(world), ...chosen };
  report.result(renderShowText(shown), renderShowJson(shown));
};

/** @throws AZCM0023 for a name that is no property */
const chooseRows = (wanted: readonly string[], offered: readonly ShowRow[]): Pick<Shown, 'rows' | 'withServices'> => {
  if (wanted.length === 0) return { rows: offered, withServices: true };
  // A property of the operating system may be asked for by name without --os.
  const all = [...new Set([...offered, ...osRows])];
  const asked = new Set(wanted.map((name) => name.toLowerCase()));
  const isAsked = ({ name, key }: Pick<ShowRow, 'name' | 'key'>): boolean =>
    asked.has(name.toLowerCase()) || asked.has(key.toLowerCase());
  const services = { name: servicesName, key: servicesKey };
  const known = [...all, services];
  const stranger = wanted.find((raw) => !known.some(({ name, key }) => [name, key].some((each) => same(each, raw))));
  if (stranger !== undefined)
    throw agentError(
      'AZCM0023',
      `there is no property '${stranger}'. Properties: ${known.map(({ name }) => name).join(', ')}`,
    );
  return { rows: all.filter(isAsked), withServices: isAsked(services) };
};

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
