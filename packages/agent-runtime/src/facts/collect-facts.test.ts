import { execFileSync } from 'node:child_process';
import { machineFacts } from '@holdfast/contracts';
import { createSystemClock } from '@holdfast/kernel';
import { Check } from 'typebox/value';
import { describe, expect, test } from 'vitest';
import { collectFacts } from './collect-facts.ts';

const clock = createSystemClock({ setTimeout, clearTimeout });
const run = (program: string, ...args: string[]): string | undefined => {
  try {
    return execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }).trim();
  } catch {
    return undefined;
  }
};

describe('the machine that runs this test', async () => {
  const facts = await collectFacts({ clock, probeCloud: async () => '' });

  test('has facts that fit the wire', () => {
    expect(Check(machineFacts, facts)).toBe(true);
  });

  test('has the sockets and cores that lscpu counts', ({ skip }) => {
    const table = run('lscpu', '-p=CPU,CORE,SOCKET') ?? skip('lscpu is not here');
    const rows = table
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .map((line) => line.split(','));
    const distinct = (column: number) => new Set(rows.map((row) => row[column])).size;
    expect(facts.hardware).toMatchObject({
      logicalCores: distinct(0),
      physicalCores: distinct(1),
      sockets: distinct(2),
    });
    const name = /^Model name:\s+(.+)$/m.exec(run('lscpu') ?? '')?.[1];
    if (name !== undefined) expect(facts.hardware.processors[0]?.name).toBe(name);
  });

  test('has the memory that free reports', ({ skip }) => {
    const total = /^Mem:\s+(\d+)/m.exec(run('free', '-b') ?? skip('free is not here'))?.[1];
    expect(facts.hardware.memoryBytes).toBe(Number(total));
  });

  test('has the names that hostname and uname report', () => {
    expect(facts.computerName).toBe(run('uname', '-n'));
    expect(facts.os.version).toBe(run('uname', '-r'));
  });

  test('has the system that its os-release names', () => {
    expect(facts.os.sku).toBe(run('sh', '-c', '. /etc/os-release && printf %s "$PRETTY_NAME"'));
  });

  test('has the disks that lsblk lists as disks', ({ skip }) => {
    const table = run('lsblk', '-bdno', 'NAME,SIZE,TYPE') ?? skip('lsblk is not here');
    const sizes = new Map(
      table
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .map(([name, size]) => [name, Number(size)]),
    );
    for (const disk of facts.disks) expect(sizes.get(disk.path.replace('/dev/', ''))).toBe(disk.sizeBytes);
  });
});

test('a cloud that the firmware names is not asked for', async () => {
  const machine = await collectFacts({ clock, probeCloud: async () => '' });
  const platform = { look: () => ({ ...machine, cloud: { provider: 'GCP' } }) };
  const probeCloud = () => Promise.reject(new Error('asked'));
  expect((await collectFacts({ clock, platform, probeCloud })).cloud.provider).toBe('GCP');
});
