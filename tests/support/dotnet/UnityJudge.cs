// Each line asks a handler: its namespace, a host and the certificate that a server presents.

using System;
using System.Collections;
using System.Reflection;
using UnityEngine.Networking;

public static class UnityJudge
{
    public static void Main()
    {
        string line;
        while ((line = Console.In.ReadLine()) != null)
        {
            string[] parts = line.Split('\t');
            MethodInfo request = Type.GetType(parts[0] + ".Usage").GetMethod("Request");
            try
            {
                var routine = (IEnumerator)request.Invoke(null, new object[] { "https://" + parts[1] + "/" });
                routine.MoveNext();
                Console.WriteLine(((CertificateHandler)routine.Current).Ask(Convert.FromBase64String(parts[2])));
            }
            catch (ArgumentException)
            {
                Console.WriteLine("not pinned");
            }
        }
    }
}
