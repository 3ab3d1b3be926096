OkHttpClient client = new OkHttpClient.Builder()
        .certificatePinner(CertificatePins.PINNER)
        .build();
