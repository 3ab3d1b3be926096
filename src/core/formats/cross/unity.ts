import { slashComment } from '../escape.ts'
import { defineFormat, stampText, type Stamp } from '../format.ts'
import { leafPins, leafPinsByHost, type LeafPins } from '../leaf-pins.ts'
import { indented, pinTable } from './csharp-pins.ts'

/**
 * Unity's own hook by platforms.md C.11. It is asked instead of the platform, about the leaf alone: a last resort for what
 * has no other place to pin.
 */
export const unity = defineFormat({
  id: 'unity',
  platforms: ['android', 'ios'],
  kind: 'app',
  hasOwnRules: false,
  title: 'Unity (last resort)',
  docs: 'https://docs.unity3d.com/ScriptReference/Networking.CertificateHandler.html',
  failsWith: 'UnityWebRequest.Result.ConnectionError',
  abilities: {
    subdomainDepth: 'all',
    overlap: 'nearest',
    expiry: 'none',
    lists: 'leaf',
    minimumPins: 1,
    replacesValidation: true,
    minimumVersion: 'Unity 2018.3',
  },
  options: {},
  render: (plan, _values, stamp) => {
    const hosts = leafPins(plan)
    if (hosts.length === 0) return []
    return [
      {
        kind: 'text',
        id: 'handler',
        title: 'Certificate handler with these pins',
        path: 'Assets/Scripts/PinnedCertificateHandler.cs',
        fileName: 'PinnedCertificateHandler.cs',
        language: 'csharp',
        content: handlerFile(hosts, stamp),
        place:
          'A last resort: with a handler nobody checks the chain, the name in the certificate or whether it was revoked. The handler itself looks at the leaf’s key and at the days of its certificate, and a new key needs an app update first. Pinsmith’s own tests compile and run it with Mono and a stand-in of Unity: try it with a wrong pin on a phone before you ship it.',
      },
      {
        kind: 'text',
        id: 'usage',
        title: 'Request with this handler',
        path: 'Where the app makes its requests',
        fileName: null,
        language: 'csharp',
        content: USAGE,
        place:
          'Give every request to a pinned host a handler of its own: one without it is not pinned. A redirect to a host with another key fails. Browsers (WebGL) have no such handler.',
      },
    ]
  },
})

const USAGE = `using (UnityWebRequest request = UnityWebRequest.Get(url))
{
    request.certificateHandler = new PinnedCertificateHandler(new Uri(url).IdnHost);
    yield return request.SendWebRequest();
}
`

function handlerFile(hosts: readonly LeafPins[], stamp: Stamp): string {
  return [
    slashComment(stampText(stamp, leafPinsByHost(hosts))),
    slashComment('A last resort: Unity asks this instead of checking the chain and the name in the certificate.'),
    'using System;',
    'using System.Collections.Generic;',
    'using System.Security.Cryptography;',
    'using System.Security.Cryptography.X509Certificates;',
    'using UnityEngine.Networking;',
    '',
    'namespace Example.App',
    '{',
    '    public sealed class PinnedCertificateHandler : CertificateHandler',
    '    {',
    ...indented(HANDLER, 2),
    '',
    ...indented(pinTable('PinnedCertificateHandler', hosts), 2),
    '    }',
    '}',
    '',
  ].join('\n')
}

/** Unity has no `ExportSubjectPublicKeyInfo`. What .NET reads as the key must be what was found. */
const HANDLER: readonly string[] = [
  'private readonly HashSet<string> pins;',
  '',
  'public PinnedCertificateHandler(string host)',
  '{',
  '    if (!TryFindPins(host, out pins)) throw new ArgumentException("No pins for this host", nameof(host));',
  '}',
  '',
  'protected override bool ValidateCertificate(byte[] certificateData)',
  '{',
  '    try',
  '    {',
  '        var certificate = new X509Certificate2(certificateData);',
  '        if (DateTime.Now < certificate.NotBefore || DateTime.Now > certificate.NotAfter) return false;',
  '        byte[] keyInfo = SubjectPublicKeyInfo(certificateData);',
  '        if (!EndsWith(keyInfo, certificate.GetPublicKey())) return false;',
  '        using (SHA256 sha256 = SHA256.Create())',
  '        {',
  '            return pins.Contains(Convert.ToBase64String(sha256.ComputeHash(keyInfo)));',
  '        }',
  '    }',
  '    catch (Exception)',
  '    {',
  '        // What cannot be read is refused.',
  '        return false;',
  '    }',
  '}',
  '',
  '// It stands behind the subject (RFC 5280, section 4.1).',
  'private static byte[] SubjectPublicKeyInfo(byte[] der)',
  '{',
  '    int at = Content(der, Content(der, 0));',
  '    if (der[at] == 0xA0) at = End(der, at);',
  '    for (int field = 0; field < 5; field++) at = End(der, at);',
  '    var keyInfo = new byte[End(der, at) - at];',
  '    Array.Copy(der, at, keyInfo, 0, keyInfo.Length);',
  '    return keyInfo;',
  '}',
  '',
  'private static int Content(byte[] der, int at)',
  '{',
  '    int length = der[at + 1];',
  '    return at + 2 + (length < 0x80 ? 0 : length & 0x7F);',
  '}',
  '',
  'private static int End(byte[] der, int at)',
  '{',
  '    int content = Content(der, at);',
  '    int length = der[at + 1];',
  '    if (length < 0x80) return content + length;',
  '    length = 0;',
  '    for (int digit = at + 2; digit < content; digit++) length = checked(length * 256 + der[digit]);',
  '    return checked(content + length);',
  '}',
  '',
  'private static bool EndsWith(byte[] bytes, byte[] end)',
  '{',
  '    int offset = bytes.Length - end.Length;',
  '    for (int index = 0; index < end.Length; index++)',
  '    {',
  '        if (bytes[offset + index] != end[index]) return false;',
  '    }',
  '    return end.Length > 0;',
  '}',
]
