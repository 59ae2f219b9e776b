const DENIED = ['microphone', 'geolocation', 'display-capture', 'usb', 'serial', 'hid', 'bluetooth', 'midi', 'payment'];
const PERMISSIONS = ['camera=(self)', ...DENIED.map((name) => `${name}=()`)].join(', ');

/**
 * Headers of every page answer, the same from `app://` and from the loopback server. The pages load nothing from
 * elsewhere and run no script that is not theirs; all network is done by the service.
 */
export function pageHeaders(options: { webSocketOrigin?: string } = {}): Record<string, string> {
  const connect = options.webSocketOrigin ? `'self' ${options.webSocketOrigin}` : "'self'";
  return {
    'Content-Security-Policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' data: blob:",
      "font-src 'self'",
      `connect-src ${connect}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
    ].join('; '),
    // The document camera, and nothing else that a browser could offer.
    'Permissions-Policy': PERMISSIONS,
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}
