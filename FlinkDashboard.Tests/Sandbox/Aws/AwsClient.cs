using System.Text;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Tests.Sandbox.Aws;

/// <summary>Signs requests to the sandbox's AWS services by the documented rules and sends them as they are: what no SDK would send can be sent too.</summary>
internal sealed class AwsClient(Uri address, string service) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler()) { Timeout = TimeSpan.FromSeconds(30) };

    public AwsKey Key { get; set; } = AwsKey.Admin;

    public string Region { get; set; } = AwsAccount.Region;

    /// <summary>How far this client's clock is from the real one.</summary>
    public TimeSpan Skew { get; set; }

    /// <summary>Sends a request.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path, encoded.</param>
    /// <param name="query">Without question mark, encoded.</param>
    /// <param name="body">Content.</param>
    /// <param name="change">Last changes before it is signed.</param>
    /// <param name="payloadHash">What to claim of the body; null for the truth.</param>
    public async Task<HttpResponseMessage> SendAsync(string method, string path, string query = "", byte[]? body = null, Action<HttpRequestMessage>? change = null, string? payloadHash = null) =>
        await _http.SendAsync(Request(method, path, query, body, change, payloadHash).Request, HttpCompletionOption.ResponseHeadersRead);

    /// <summary>A signed request, and the request's signature as a body in chunks continues it.</summary>
    public (HttpRequestMessage Request, SignedRequest Signed) Request(string method, string path, string query, byte[]? body, Action<HttpRequestMessage>? change, string? payloadHash)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"{address.ToString().TrimEnd('/')}{path}{(query.Length > 0 ? "?" : "")}{query}"));
        var now = TimeProvider.System.GetUtcNow() + Skew;
        var hash = payloadHash ?? SigV4.Hash(body ?? []);
        if (body is not null)
            request.Content = new ByteArrayContent(body);
        request.Headers.Host = address.Authority;
        request.Headers.Add("x-amz-date", SigV4.Timestamp(now));
        if (service == "s3")
            request.Headers.Add("x-amz-content-sha256", hash);
        change?.Invoke(request);
        var signed = request.Headers.Where(h => h.Key.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase) || h.Key == "Host")
            .Select(h => KeyValuePair.Create(h.Key.ToLowerInvariant(), string.Join(',', h.Value))).ToList();
        var scope = new SigningScope(Key.Id, SigV4.Timestamp(now)[..8], Region, service);
        var pairs = query.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2)).Select(p => KeyValuePair.Create(Uri.UnescapeDataString(p[0]), p.Length > 1 ? Uri.UnescapeDataString(p[1]) : ""));
        var canonical = SigV4.CanonicalRequest(method, path, pairs, signed, hash);
        var signature = SigV4.Sign(SigV4.Key(Key.Secret, scope), SigV4.StringToSign(now, scope, canonical));
        var names = string.Join(';', signed.Select(s => s.Key).Order(StringComparer.Ordinal));
        request.Headers.TryAddWithoutValidation("Authorization", $"AWS4-HMAC-SHA256 Credential={scope.KeyId}/{scope}, SignedHeaders={names}, Signature={signature}");
        return (request, new SignedRequest(Key, scope, now, signature, hash));
    }

    /// <summary>A URL that carries its signature.</summary>
    public Uri Presigned(string path, int seconds)
    {
        var now = TimeProvider.System.GetUtcNow() + Skew;
        var scope = new SigningScope(Key.Id, SigV4.Timestamp(now)[..8], Region, service);
        KeyValuePair<string, string>[] query =
        [
            new("X-Amz-Algorithm", "AWS4-HMAC-SHA256"), new("X-Amz-Credential", $"{Key.Id}/{scope}"), new("X-Amz-Date", SigV4.Timestamp(now)),
            new("X-Amz-Expires", $"{seconds}"), new("X-Amz-SignedHeaders", "host"),
        ];
        var canonical = SigV4.CanonicalRequest("GET", path, query, [new("host", address.Authority)], SignedRequest.Unsigned);
        var signature = SigV4.Sign(SigV4.Key(Key.Secret, scope), SigV4.StringToSign(now, scope, canonical));
        return new Uri($"{address.ToString().TrimEnd('/')}{path}?{string.Join('&', query.Select(q => $"{q.Key}={SigV4.Encode(q.Value)}"))}&X-Amz-Signature={signature}");
    }

    /// <summary>Sends without a signature of its own.</summary>
    public Task<HttpResponseMessage> PlainAsync(Uri uri) => _http.GetAsync(uri);

    /// <summary>Sends a request that was made here.</summary>
    public Task<HttpResponseMessage> PlainAsync(HttpRequestMessage request) => _http.SendAsync(request);

    public void Dispose() => _http.Dispose();

    /// <summary>A body in chunks.</summary>
    public static byte[] Chunked(SignedRequest signed, byte[] content, int size, string trailers = "")
    {
        var isSigned = signed.PayloadHash.StartsWith("STREAMING-AWS4", StringComparison.Ordinal);
        var key = SigV4.Key(signed.Key.Secret, signed.Scope);
        var previous = signed.Signature;
        using var body = new MemoryStream();
        foreach (var chunk in content.Chunk(size).Append([]))
        {
            previous = SigV4.Sign(key, SigV4.ChunkToSign(signed.Time, signed.Scope, previous, chunk));
            body.Write(Encoding.ASCII.GetBytes($"{chunk.Length:x}{(isSigned ? $";chunk-signature={previous}" : "")}\r\n"));
            body.Write(chunk);
            body.Write(chunk.Length > 0 ? "\r\n"u8 : ""u8);
        }
        body.Write(Encoding.ASCII.GetBytes(trailers.Replace("\n", "\r\n", StringComparison.Ordinal)));
        if (isSigned && trailers.Length > 0)
            body.Write(Encoding.ASCII.GetBytes($"x-amz-trailer-signature:{SigV4.Sign(key, SigV4.TrailerToSign(signed.Time, signed.Scope, previous, trailers))}\r\n"));
        body.Write("\r\n"u8);
        return body.ToArray();
    }
}
