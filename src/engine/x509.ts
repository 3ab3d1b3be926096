// tsyringe, which @peculiar/x509 is built on, throws at import unless this polyfill was loaded before it. Both are
// imported here alone: the bundler may put what several chunks import into one of its own, and runs that one first.
import 'reflect-metadata'

export {
  BasicConstraintsExtension,
  Pkcs10CertificateRequestGenerator,
  SubjectAlternativeNameExtension,
  X509Certificate,
  type HashedAlgorithm,
  type Name,
} from '@peculiar/x509'
