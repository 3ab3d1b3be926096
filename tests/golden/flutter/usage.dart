final client = Platform.isAndroid ? await pinnedHttpClient(url.host) : HttpClient();
final request = await client.getUrl(url);
