import { addMs, days } from '@holdfast/kernel';
import { beforeEach, describe, expect, test } from 'vitest';
import { createFixtures, fixtureTime } from '../fixtures.ts';
import { putMachine, putWorld, type Some } from '../world.ts';

type Stores = Some<
  'directoryWriter' | 'subscriptions' | 'resourceGroups' | 'machines' | 'managedIdentities' | 'connectedMachines'
>;

export const connectedMachineContract = (make: () => Promise<Stores>): void => {
  describe('connected machine store', () => {
    const fixtures = createFixtures('connected-machine');
    let stores: Stores;
    beforeEach(async () => {
      stores = await make();
    });

    const put = async () => {
      const { group } = await putWorld(stores, fixtures);
      const machine = fixtures.machine(group, 'm1');
      await putMachine(stores, machine);
      return machine;
    };
    const certificate = (serialNumber: string, ends: number) => ({
      serialNumber,
      notBefore: fixtureTime,
      notAfter: addMs(fixtureTime, days(ends)),
    });

    describe('connected machines', () => {
      test('a machine is found by its key and by its own id', async () => {
        const machine = await put();
        expect(await stores.connectedMachines.findByKeyId(machine.key?.keyId ?? '')).toEqual({
          machineId: machine.machineId,
          tenantId: machine.tenantId,
          publicKey: machine.key?.publicKey,
          certificateNotAfter: undefined,
        });
        expect(await stores.connectedMachines.find(machine.machineId)).toEqual(machine);
      });

      test('an unknown key and an unknown id find nothing', async () => {
        expect(await stores.connectedMachines.findByKeyId('unknown')).toBeUndefined();
        expect(await stores.connectedMachines.find(fixtures.id())).toBeUndefined();
      });

      test('the certificate issued last is the one that counts', async () => {
        const machine = await put();
        const { machineId } = machine;
        await stores.connectedMachines.recordCertificate({ machineId, ...certificate('1', 90) });
        await stores.connectedMachines.recordCertificate({ machineId, ...certificate('2', 135) });
        const notAfter = addMs(fixtureTime, days(135));
        const holder = await stores.connectedMachines.findByKeyId(machine.key?.keyId ?? '');
        expect(holder?.certificateNotAfter).toEqual(notAfter);
        expect((await stores.connectedMachines.find(machineId))?.liveness.certificateNotAfter).toEqual(notAfter);
      });

      test('a certificate of a machine that is gone is not recorded, and nobody minds', async () => {
        await stores.connectedMachines.recordCertificate({ machineId: fixtures.id(), ...certificate('1', 90) });
      });
    });
  });
};
