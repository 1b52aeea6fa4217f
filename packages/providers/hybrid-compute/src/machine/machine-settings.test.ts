import { describe, expect, test } from 'vitest';
import type { MachineSettings } from './machine.ts';
import { mergeSettings, settingsFromWire } from './machine-settings.ts';

const plain = (settings: MachineSettings): unknown => JSON.parse(JSON.stringify(settings));

const everything = {
  locationData: { name: 'Rack 7', city: 'Köln', district: 'Mitte', countryOrRegion: 'DE' },
  osProfile: {
    windowsConfiguration: {
      patchSettings: { assessmentMode: 'ImageDefault', patchMode: 'Manual', enableHotpatching: true },
    },
    linuxConfiguration: { patchSettings: { assessmentMode: 'AutomaticByPlatform' } },
  },
  agentUpgrade: { desiredVersion: '2', correlationId: 'c', enableAutomaticUpgrade: false },
  parentClusterResourceId: '/c',
  privateLinkScopeResourceId: '/p',
  hardwareResourceId: '/h',
  identityKeyStore: 'TPM',
  tpmEkCertificate: 'MII',
};

describe('settings of a body', () => {
  test('are all that people may set', () => {
    expect(plain(settingsFromWire(everything))).toEqual(everything);
  });

  test('hold nothing that is the server’s or the agent’s', () => {
    const body = { ...everything, status: 'Connected', osName: 'plan9', vmUuid: 'x', lastStatusChange: 'now' };
    const deep = { ...body, locationData: { ...body.locationData, admin: true } };
    expect(plain(settingsFromWire(deep))).toEqual(everything);
  });

  test('are none when there is none', () => {
    expect(plain(settingsFromWire())).toEqual({});
    expect(plain(settingsFromWire({}))).toEqual({});
  });
});

describe('a PATCH', () => {
  test.each<[string, object, object]>([
    ['that names nothing changes nothing', {}, everything],
    ['sets what it names', { hardwareResourceId: '/h2' }, { ...everything, hardwareResourceId: '/h2' }],
    [
      'replaces a block whole',
      { locationData: { name: 'Rack 8' } },
      { ...everything, locationData: { name: 'Rack 8' } },
    ],
    ['can empty a value', { tpmEkCertificate: '' }, { ...everything, tpmEkCertificate: '' }],
  ])('%s', (_, changes, expected) => {
    const merged = mergeSettings(settingsFromWire(everything), settingsFromWire(changes));
    expect(plain(merged)).toEqual(expected);
  });
});
