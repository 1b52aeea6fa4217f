/** What the authorization endpoint shows. It repeats nothing of the request and redirects nowhere. */
export const unavailablePage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Holdfast: sign-in is not available yet</title>
<h1>Interactive sign-in is not available yet</h1>
<p>This Holdfast control plane signs in programs only: use a service principal with a secret or a certificate
(<code>az login --service-principal</code>, <code>ClientSecretCredential</code>, <code>ClientCertificateCredential</code>).</p>
<p>You may close this page.</p>
</html>
`;

export const pageHeaders = {
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
} as const;
