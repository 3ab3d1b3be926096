// Each line asks a handler: its namespace, a host, what the platform found wrong, and the bytes of the leaf’s key.

using System;
using System.Net.Http;
using System.Net.Security;
using System.Reflection;
using System.Security.Cryptography.X509Certificates;
using System.Text;

public static class MauiJudge
{
    public static void Main(string[] arguments)
    {
        var certificate = new X509Certificate2(arguments[0]);
        string line;
        while ((line = Console.In.ReadLine()) != null)
        {
            string[] parts = line.Split('\t');
            MethodInfo client = Type.GetType(parts[0] + ".Usage").GetMethod("Client");
            HttpClientHandler handler = ((HttpClient)client.Invoke(null, null)).Handler;
            if (handler.AllowAutoRedirect) throw new InvalidOperationException("redirects are followed");
            var request = new HttpRequestMessage { RequestUri = new Uri("https://" + parts[1] + "/") };
            var errors = (SslPolicyErrors)Enum.Parse(typeof(SslPolicyErrors), parts[2]);
            PublicKeyOfNewerVersions.Spki = Encoding.UTF8.GetBytes(parts[3]);
            Console.WriteLine(handler.ServerCertificateCustomValidationCallback(request, certificate, null, errors));
        }
    }
}
