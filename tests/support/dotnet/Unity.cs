// As much of Unity as its output names.

namespace UnityEngine.Networking
{
    public class CertificateHandler
    {
        protected virtual bool ValidateCertificate(byte[] certificateData)
        {
            return false;
        }

        /// Not Unity’s: it is asked by the engine.
        public bool Ask(byte[] certificateData)
        {
            return ValidateCertificate(certificateData);
        }
    }

    public class UnityWebRequest : System.IDisposable
    {
        public CertificateHandler certificateHandler { get; set; }

        public static UnityWebRequest Get(string url)
        {
            return new UnityWebRequest();
        }

        public object SendWebRequest()
        {
            return certificateHandler;
        }

        public void Dispose()
        {
        }
    }
}
