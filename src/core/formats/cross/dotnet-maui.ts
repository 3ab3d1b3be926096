import { slashComment } from '../escape.ts'
import { defineFormat, stampText, type Stamp } from '../format.ts'
import { leafPins, leafPinsByHost, type LeafPins } from '../leaf-pins.ts'
import { indented, pinTable } from './csharp-pins.ts'

/**
 * The callback of .NET's `HttpClientHandler` by platforms.md C.10. It may only refuse what the platform accepted, and it
 * is shown the leaf alone: on Android the chain that it is handed has not been built.
 */
export const dotnetMaui = defineFormat({
  id: 'dotnet-maui',
  platforms: ['android', 'ios'],
  kind: 'app',
  hasOwnRules: false,
  title: '.NET MAUI: HttpClientHandler',
  docs: 'https://learn.microsoft.com/dotnet/api/system.net.http.httpclienthandler.servercertificatecustomvalidationcallback',
  failsWith: 'HttpRequestException',
  abilities: {
    subdomainDepth: 'all',
    overlap: 'nearest',
    expiry: 'none',
    lists: 'leaf',
    minimumPins: 1,
    minimumVersion: '.NET 6',
  },
  options: {},
  render: (plan, _values, stamp) => {
    const hosts = leafPins(plan)
    if (hosts.length === 0) return []
    return [
      {
        kind: 'text',
        id: 'pins',
        title: 'Handler with these pins',
        path: 'CertificatePins.cs',
        fileName: 'CertificatePins.cs',
        language: 'csharp',
        content: pinsFile(hosts, stamp),
        place:
          'Add it to the project, in a namespace of the app. HttpClient follows the Network Security Config on Android and NSPinnedDomains on iOS without any code, and those can pin a CA: take this where pins have to be in code. Pinsmith’s own tests compile and run it with Mono and a stand-in of the handler, not on a phone: try it with a wrong pin before you ship it.',
      },
      {
        kind: 'text',
        id: 'usage',
        title: 'Client with this handler',
        path: 'Where the app builds its HttpClient',
        fileName: null,
        language: 'csharp',
        content: USAGE,
        place:
          'Give it to every HttpClient of the app: one without it does not have these pins. It follows no redirects, so that the host of the request is the one that is connected to.',
      },
    ]
  },
})

const USAGE = `var client = new HttpClient(CertificatePins.CreateHandler());
`

function pinsFile(hosts: readonly LeafPins[], stamp: Stamp): string {
  return [
    slashComment(stampText(stamp, leafPinsByHost(hosts))),
    'using System;',
    'using System.Collections.Generic;',
    'using System.Net.Http;',
    'using System.Net.Security;',
    'using System.Security.Cryptography;',
    '',
    'namespace Example.App',
    '{',
    '    public static class CertificatePins',
    '    {',
    ...indented(HANDLER, 2),
    '',
    ...indented(pinTable('CertificatePins', hosts), 2),
    '    }',
    '}',
    '',
  ].join('\n')
}

const HANDLER: readonly string[] = [
  'public static HttpClientHandler CreateHandler()',
  '{',
  '    return new HttpClientHandler',
  '    {',
  '        AllowAutoRedirect = false,',
  '        ServerCertificateCustomValidationCallback = (request, certificate, chain, errors) =>',
  '        {',
  '            // What the platform found wrong, no pin makes up for.',
  '            if (errors != SslPolicyErrors.None || certificate == null || request.RequestUri == null) return false;',
  '            if (!TryFindPins(request.RequestUri.IdnHost, out var pins)) return true;',
  '            using (SHA256 sha256 = SHA256.Create())',
  '            {',
  '                byte[] hash = sha256.ComputeHash(certificate.PublicKey.ExportSubjectPublicKeyInfo());',
  '                return pins.Contains(Convert.ToBase64String(hash));',
  '            }',
  '        },',
  '    };',
  '}',
]
