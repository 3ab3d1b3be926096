// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 5 keys for api.example.com
using System;
using System.Collections.Generic;
using System.Net.Http;
using System.Net.Security;
using System.Security.Cryptography;

namespace Example.App
{
    public static class CertificatePins
    {
        public static HttpClientHandler CreateHandler()
        {
            return new HttpClientHandler
            {
                AllowAutoRedirect = false,
                ServerCertificateCustomValidationCallback = (request, certificate, chain, errors) =>
                {
                    // What the platform found wrong, no pin makes up for.
                    if (errors != SslPolicyErrors.None || certificate == null || request.RequestUri == null) return false;
                    if (!TryFindPins(request.RequestUri.IdnHost, out var pins)) return true;
                    using (SHA256 sha256 = SHA256.Create())
                    {
                        byte[] hash = sha256.ComputeHash(certificate.PublicKey.ExportSubjectPublicKeyInfo());
                        return pins.Contains(Convert.ToBase64String(hash));
                    }
                },
            };
        }

        private static readonly Dictionary<string, HashSet<string>> Hosts = new Dictionary<string, HashSet<string>>();
        private static readonly Dictionary<string, HashSet<string>> Parents = new Dictionary<string, HashSet<string>>();

        private static void Pin(string host, bool includesSubdomains, params string[] pins)
        {
            Hosts[host] = new HashSet<string>(pins);
            if (includesSubdomains) Parents[host] = Hosts[host];
        }

        // The host itself, else the nearest parent that includes its sub-domains.
        private static bool TryFindPins(string host, out HashSet<string> pins)
        {
            string name = host.ToLowerInvariant().TrimEnd('.');
            if (Hosts.TryGetValue(name, out pins)) return true;
            for (int dot = name.IndexOf('.'); dot >= 0; dot = name.IndexOf('.', dot + 1))
            {
                if (Parents.TryGetValue(name.Substring(dot + 1), out pins)) return true;
            }
            return false;
        }

        static CertificatePins()
        {
            Pin(
                "api.example.com",
                true,
                // leaf: api.example.com, valid until 2027-03-31
                "veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=",
                // leaf: api.example.com, valid until 2027-03-31
                "zjG4DDFz+kWPaCd9QEOBGsEuklc6p+w+3yquziE9wf8=",
                // backup key: certificate request CN=api.example.com,O=Example
                "dYxBeowYyCo/53rFyv549ja4EFgxx976fPr/gRxcpwI=",
                // backup key: certificate request second reserve
                "9eXicCjcX1P8YO4xeII5lycLCz/7+APtpw29KD4Id20=",
                // typed in: leaf pin
                "tLcK9MD/o/WVCkF8M29GsbRn66AB3UEfPsVqZBsTIOE=");
        }
    }
}
