import type { BodyOf, machineOperations } from '@holdfast/contracts';
import type { MachineSettings } from './machine.ts';

type Properties = NonNullable<BodyOf<typeof machineOperations.Machines_Update>['properties']>;
type OsConfiguration = NonNullable<Properties['osProfile']>['linuxConfiguration'];

/** The part of a body that people set, field by field: what is not named here is not theirs to write. */
export const settingsFromWire = (properties: Properties = {}): MachineSettings => ({
  locationData: properties.locationData && {
    name: properties.locationData.name,
    city: properties.locationData.city,
    district: properties.locationData.district,
    countryOrRegion: properties.locationData.countryOrRegion,
  },
  osProfile: properties.osProfile && {
    windowsConfiguration: osConfiguration(properties.osProfile.windowsConfiguration),
    linuxConfiguration: osConfiguration(properties.osProfile.linuxConfiguration),
  },
  agentUpgrade: properties.agentUpgrade && {
    desiredVersion: properties.agentUpgrade.desiredVersion,
    correlationId: properties.agentUpgrade.correlationId,
    enableAutomaticUpgrade: properties.agentUpgrade.enableAutomaticUpgrade,
  },
  parentClusterResourceId: properties.parentClusterResourceId,
  privateLinkScopeResourceId: properties.privateLinkScopeResourceId,
  hardwareResourceId: properties.hardwareResourceId,
  identityKeyStore: properties.identityKeyStore,
  tpmEkCertificate: properties.tpmEkCertificate,
});

const osConfiguration = (configuration: OsConfiguration) =>
  configuration && {
    patchSettings: configuration.patchSettings && {
      assessmentMode: configuration.patchSettings.assessmentMode,
      patchMode: configuration.patchSettings.patchMode,
      enableHotpatching: configuration.patchSettings.enableHotpatching,
    },
  };

/** A PATCH sets what it names; the rest stays. */
export const mergeSettings = (existing: MachineSettings, changes: MachineSettings): MachineSettings => {
  const named = Object.entries(changes).filter(([, value]) => value !== undefined);
  return { ...existing, ...Object.fromEntries(named) };
};
