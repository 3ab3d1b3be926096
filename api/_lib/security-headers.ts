/**
 * The Content-Security-Policy of the page, the only definition: the server sends it as a header, the build writes it
 * into the page (without `frame-ancestors`, which browsers ignore there).
 */
const CONTENT_SECURITY_POLICY: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'manifest-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
}

function policyText(policy: Readonly<Record<string, string>>): string {
  return Object.entries(policy)
    .map(([directive, value]) => `${directive} ${value}`)
    .join('; ')
}

export const META_CONTENT_SECURITY_POLICY = policyText(CONTENT_SECURITY_POLICY)

export const SECURITY_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': policyText({ ...CONTENT_SECURITY_POLICY, 'frame-ancestors': "'none'" }),
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), geolocation=(), microphone=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}
