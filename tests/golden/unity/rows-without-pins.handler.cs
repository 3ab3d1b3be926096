// Certificate pins made by Pinsmith 1.0.0 on 2026-11-21: 1 key for api.example.com
// A last resort: Unity asks this instead of checking the chain and the name in the certificate.
using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using UnityEngine.Networking;

namespace Example.App
{
    public sealed class PinnedCertificateHandler : CertificateHandler
    {
        private readonly HashSet<string> pins;

        public PinnedCertificateHandler(string host)
        {
            if (!TryFindPins(host, out pins)) throw new ArgumentException("No pins for this host", nameof(host));
        }

        protected override bool ValidateCertificate(byte[] certificateData)
        {
            try
            {
                var certificate = new X509Certificate2(certificateData);
                if (DateTime.Now < certificate.NotBefore || DateTime.Now > certificate.NotAfter) return false;
                byte[] keyInfo = SubjectPublicKeyInfo(certificateData);
                if (!EndsWith(keyInfo, certificate.GetPublicKey())) return false;
                using (SHA256 sha256 = SHA256.Create())
                {
                    return pins.Contains(Convert.ToBase64String(sha256.ComputeHash(keyInfo)));
                }
            }
            catch (Exception)
            {
                // What cannot be read is refused.
                return false;
            }
        }

        // It stands behind the subject (RFC 5280, section 4.1).
        private static byte[] SubjectPublicKeyInfo(byte[] der)
        {
            int at = Content(der, Content(der, 0));
            if (der[at] == 0xA0) at = End(der, at);
            for (int field = 0; field < 5; field++) at = End(der, at);
            var keyInfo = new byte[End(der, at) - at];
            Array.Copy(der, at, keyInfo, 0, keyInfo.Length);
            return keyInfo;
        }

        private static int Content(byte[] der, int at)
        {
            int length = der[at + 1];
            return at + 2 + (length < 0x80 ? 0 : length & 0x7F);
        }

        private static int End(byte[] der, int at)
        {
            int content = Content(der, at);
            int length = der[at + 1];
            if (length < 0x80) return content + length;
            length = 0;
            for (int digit = at + 2; digit < content; digit++) length = checked(length * 256 + der[digit]);
            return checked(content + length);
        }

        private static bool EndsWith(byte[] bytes, byte[] end)
        {
            int offset = bytes.Length - end.Length;
            for (int index = 0; index < end.Length; index++)
            {
                if (bytes[offset + index] != end[index]) return false;
            }
            return end.Length > 0;
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

        static PinnedCertificateHandler()
        {
            Pin(
                "api.example.com",
                false,
                // leaf: api.example.com, valid until 2027-03-31
                "veIqA7Wp9DQX9g9njrbZayyh9Ii7mmdqEPuwIN2OwQc=");
        }
    }
}
