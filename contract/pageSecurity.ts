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
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
  };
}
