using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using FlinkDashboard.Sandbox.World.Aws;
using Microsoft.AspNetCore.Http.Features;

namespace FlinkDashboard.Sandbox.Protocols.Aws;

/// <summary>What is wrong with a signature.</summary>
public enum SignatureFault
{
    /// <summary>There is none.</summary>
    Missing,

    /// <summary>It cannot be read.</summary>
    Malformed,

    /// <summary>Its key is not known.</summary>
    UnknownKey,

    /// <summary>It is for another region.</summary>
    WrongRegion,

    /// <summary>It is for another service.</summary>
    WrongService,

    /// <summary>Its time is too far from now.</summary>
    Skewed,

    /// <summary>It was made for a time that is over (signed query).</summary>
    Expired,

    /// <summary>It does not match.</summary>
    Mismatch,
}

/// <summary>A signature was refused.</summary>
public sealed class SignatureException(SignatureFault fault, string detail = "") : Exception($"{fault} {detail}")
{
    /// <summary>Why.</summary>
    public SignatureFault Fault => fault;

    /// <summary>Region asked for, or string to sign.</summary>
    public string Detail => detail;
}

/// <summary>A request whose signature (in the header or in the query) was found right.</summary>
/// <param name="Key">Who sent it.</param>
/// <param name="Scope">Scope of the signature.</param>
/// <param name="Time">When it was signed.</param>
/// <param name="Signature">Lower-case hex.</param>
/// <param name="PayloadHash">What was signed for the body.</param>
public sealed record SignedRequest(AwsKey Key, SigningScope Scope, DateTimeOffset Time, string Signature, string PayloadHash)
{
    /// <summary>The body need not be what its hash says.</summary>
    public const string Unsigned = "UNSIGNED-PAYLOAD";

    /// <summary>Checks the signature of a request.</summary>
    /// <param name="request">Its headers, path and query.</param>
    /// <param name="service">The service that is asked.</param>
    /// <param name="now">Real time: clients sign with their own clock.</param>
    /// <param name="bodyHash">Hex SHA-256 of the body; null where the header <c>x-amz-content-sha256</c> says it (S3).</param>
    /// <exception cref="SignatureException">It is not right.</exception>
    public static SignedRequest Verify(HttpRequest request, string service, DateTimeOffset now, string? bodyHash = null)
    {
        var query = Query(request);
        var parts = query.Any(q => q.Key == "X-Amz-Signature") ? FromQuery(query) : FromHeader(request);
        if (SigningScope.Parse(parts.Credential) is not { } scope || !TryTime(parts.Time, out var time) || !parts.Time.StartsWith(scope.Date, StringComparison.Ordinal))
            throw new SignatureException(SignatureFault.Malformed);
        if (AwsKey.All.FirstOrDefault(k => k.Id == scope.KeyId) is not { } key)
            throw new SignatureException(SignatureFault.UnknownKey, scope.KeyId);
        if (scope.Service != service)
            throw new SignatureException(SignatureFault.WrongService, scope.Service);
        if (scope.Region != AwsAccount.Region)
            throw new SignatureException(SignatureFault.WrongRegion, scope.Region);
        CheckTime(parts, time, now, service);
        var payload = bodyHash ?? (parts.Expires is null ? request.Headers["x-amz-content-sha256"].ToString() : Unsigned);
        var headers = parts.SignedHeaders.Split(';').Select(h => KeyValuePair.Create(h, h == "host" ? request.Host.Value ?? "" : string.Join(',', request.Headers[h].ToArray())));
        var text = SigV4.StringToSign(time, scope, SigV4.CanonicalRequest(request.Method, PathOf(request, service), query.Where(q => q.Key != "X-Amz-Signature"), headers, payload));
        var expected = SigV4.Sign(SigV4.Key(key.Secret, scope), text);
        if (!CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(expected), Encoding.ASCII.GetBytes(parts.Signature)))
            throw new SignatureException(SignatureFault.Mismatch, text);
        return new SignedRequest(key, scope, time, expected, payload);
    }

    private static void CheckTime(Parts parts, DateTimeOffset time, DateTimeOffset now, string service)
    {
        if (parts.Expires is { } seconds)
        {
            if (now > time.AddSeconds(seconds))
                throw new SignatureException(SignatureFault.Expired);
            if (seconds is < 1 or > 604_800)
                throw new SignatureException(SignatureFault.Malformed);
        }
        else if ((time - now).Duration() > TimeSpan.FromMinutes(service == "s3" ? 15 : 5))
        {
            throw new SignatureException(SignatureFault.Skewed, parts.Time);
        }
    }

    private static Parts FromQuery(IReadOnlyList<KeyValuePair<string, string>> query)
    {
        string Of(string name) => query.FirstOrDefault(q => q.Key == name).Value ?? "";
        if (Of("X-Amz-Algorithm") != "AWS4-HMAC-SHA256" || !int.TryParse(Of("X-Amz-Expires"), CultureInfo.InvariantCulture, out var expires))
            throw new SignatureException(SignatureFault.Malformed);
        return new Parts(Of("X-Amz-Credential"), Of("X-Amz-SignedHeaders"), Of("X-Amz-Signature"), Of("X-Amz-Date"), expires);
    }

    private static Parts FromHeader(HttpRequest request)
    {
        var text = request.Headers.Authorization.ToString();
        if (text.Length == 0)
            throw new SignatureException(SignatureFault.Missing);
        const string Algorithm = "AWS4-HMAC-SHA256 ";
        if (!text.StartsWith(Algorithm, StringComparison.Ordinal))
            throw new SignatureException(SignatureFault.Malformed);
        var fields = text[Algorithm.Length..].Split(',', StringSplitOptions.TrimEntries).Select(f => f.Split('=', 2)).Where(f => f.Length == 2)
            .GroupBy(f => f[0]).ToDictionary(f => f.Key, f => f.First()[1]);
        string Of(string name) => fields.GetValueOrDefault(name) ?? throw new SignatureException(SignatureFault.Malformed, name);
        return new Parts(Of("Credential"), Of("SignedHeaders"), Of("Signature"), request.Headers["x-amz-date"].ToString(), null);
    }

    /// <summary>Names and values of a query in their order, decoded as S3 decodes them: a plus is a plus.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Query(HttpRequest request) =>
        [.. (request.QueryString.Value ?? "").TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(p => p.Split('=', 2))
            .Select(p => KeyValuePair.Create(Uri.UnescapeDataString(p[0]), p.Length > 1 ? Uri.UnescapeDataString(p[1]) : ""))];

    /// <summary>The path as it was sent, decoded: ASP.NET's own keeps <c>%2F</c> and removes dots.</summary>
    public static string DecodedPath(HttpRequest request)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget is { Length: > 0 } raw ? raw : request.Path.ToUriComponent();
        if (Uri.TryCreate(target, UriKind.Absolute, out var absolute) && !target.StartsWith('/'))
            target = absolute.PathAndQuery;
        return Uri.UnescapeDataString(target.Split('?')[0]);
    }

    private static string PathOf(HttpRequest request, string service)
    {
        var once = SigV4.EncodePath(DecodedPath(request));
        return service == "s3" ? once : SigV4.EncodePath(once);
    }

    private static bool TryTime(string text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, SigV4.TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time);

    private sealed record Parts(string Credential, string SignedHeaders, string Signature, string Time, int? Expires);
}
