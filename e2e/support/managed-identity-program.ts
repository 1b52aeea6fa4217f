// A program of somebody's, on a connected machine: it knows no secret and nothing of the control plane.
import { ManagedIdentityCredential } from '@azure/identity';

const [scope = ''] = process.argv.slice(2);
const { token } = await new ManagedIdentityCredential().getToken(scope);
process.stdout.write(token);
