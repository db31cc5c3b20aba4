using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace FlinkDashboard.Sandbox.Protocols.Aws;

/// <summary>What a signature covers: the scope of its key.</summary>
/// <param name="KeyId">Access key id.</param>
/// <param name="Date"><c>yyyyMMdd</c>.</param>
/// <param name="Region">Region.</param>
/// <param name="Service"><c>s3</c>, <c>logs</c> …</param>
public sealed record SigningScope(string KeyId, string Date, string Region, string Service)
{
    /// <summary>Reads <c>KEYID/DATE/REGION/SERVICE/aws4_request</c>; null when it is something else.</summary>
    public static SigningScope? Parse(string credential) =>
        credential.Split('/') is [var key, var date, var region, var service, "aws4_request"] ? new(key, date, region, service) : null;

    /// <inheritdoc />
    public override string ToString() => $"{Date}/{Region}/{Service}/aws4_request";
}

/// <summary>Signature Version 4 as AWS documents it; pure functions.</summary>
public static class SigV4
{
    /// <summary>Format of <c>x-amz-date</c>.</summary>
    public const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>SHA-256 of nothing.</summary>
    public const string EmptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    /// <summary>The canonical request.</summary>
    /// <param name="method">HTTP method.</param>
    /// <param name="path">Path as the service encodes it: S3 once, all others twice.</param>
    /// <param name="query">Decoded names and values, without the signature.</param>
    /// <param name="headers">Signed headers: lower-case name and value as sent.</param>
    /// <param name="payloadHash">Hex SHA-256 of the body, or what stands for it.</param>
    public static string CanonicalRequest(string method, string path, IEnumerable<KeyValuePair<string, string>> query, IEnumerable<KeyValuePair<string, string>> headers, string payloadHash)
    {
        var pairs = query.Select(p => (Name: Encode(p.Key), Value: Encode(p.Value))).OrderBy(p => p.Name, StringComparer.Ordinal).ThenBy(p => p.Value, StringComparer.Ordinal);
        var sorted = headers.OrderBy(h => h.Key, StringComparer.Ordinal).ToList();
        var text = new StringBuilder().Append(method).Append('\n').Append(path).Append('\n').AppendJoin('&', pairs.Select(p => $"{p.Name}={p.Value}")).Append('\n');
        foreach (var (name, value) in sorted)
            text.Append(name).Append(':').AppendJoin(' ', value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Append('\n');
        return text.Append('\n').AppendJoin(';', sorted.Select(h => h.Key)).Append('\n').Append(payloadHash).ToString();
    }

    /// <summary>What is signed for a request.</summary>
    public static string StringToSign(DateTimeOffset time, SigningScope scope, string canonicalRequest) =>
        $"AWS4-HMAC-SHA256\n{Timestamp(time)}\n{scope}\n{Hash(Encoding.UTF8.GetBytes(canonicalRequest))}";

    /// <summary>What is signed for a chunk of a streamed body.</summary>
    public static string ChunkToSign(DateTimeOffset time, SigningScope scope, string previousSignature, ReadOnlySpan<byte> chunk) =>
        $"AWS4-HMAC-SHA256-PAYLOAD\n{Timestamp(time)}\n{scope}\n{previousSignature}\n{EmptyHash}\n{Hash(chunk)}";

    /// <summary>What is signed for the trailing headers of a streamed body.</summary>
    public static string TrailerToSign(DateTimeOffset time, SigningScope scope, string previousSignature, string trailers) =>
        $"AWS4-HMAC-SHA256-TRAILER\n{Timestamp(time)}\n{scope}\n{previousSignature}\n{Hash(Encoding.UTF8.GetBytes(trailers))}";

    /// <summary>The key that signs in a scope.</summary>
    public static byte[] Key(string secret, SigningScope scope) =>
        Hmac(Hmac(Hmac(Hmac(Encoding.UTF8.GetBytes("AWS4" + secret), scope.Date), scope.Region), scope.Service), "aws4_request");

    /// <summary>Lower-case hex signature.</summary>
    public static string Sign(byte[] key, string text) => Convert.ToHexStringLower(Hmac(key, text));

    /// <summary>Lower-case hex SHA-256.</summary>
    public static string Hash(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>RFC 3986 encoding: everything but letters, digits and <c>-._~</c>.</summary>
    public static string Encode(string text) => Uri.EscapeDataString(text);

    /// <summary>A decoded path, encoded segment by segment.</summary>
    public static string EncodePath(string path) => string.Join('/', path.Split('/').Select(Encode));

    /// <summary>A time as <c>x-amz-date</c> has it.</summary>
    public static string Timestamp(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    private static byte[] Hmac(byte[] key, string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));
}
