// As much of .NET as the output for MAUI names and Mono’s compiler has not by itself.

using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace System.Net.Http
{
    public class HttpRequestMessage
    {
        public Uri RequestUri { get; set; }
    }

    public class HttpClientHandler
    {
        public bool AllowAutoRedirect { get; set; } = true;

        public Func<HttpRequestMessage, X509Certificate2, X509Chain, SslPolicyErrors, bool> ServerCertificateCustomValidationCallback { get; set; }
    }

    public class HttpClient
    {
        public readonly HttpClientHandler Handler;

        public HttpClient(HttpClientHandler handler)
        {
            Handler = handler;
        }
    }

    public static class PublicKeyOfNewerVersions
    {
        /// What the server of the question has for its key; the certificate itself is any.
        public static byte[] Spki = new byte[0];

        public static byte[] ExportSubjectPublicKeyInfo(this PublicKey key)
        {
            return Spki;
        }
    }
}
