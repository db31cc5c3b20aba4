using System.Globalization;
using System.Text;
using System.Xml.Linq;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.S3;

/// <summary>One request to S3, with its bucket and key taken apart.</summary>
internal sealed class S3Call
{
    private const int MaxDocument = 2 << 20;
    private static readonly XNamespace Space = "http://s3.amazonaws.com/doc/2006-03-01/";
    private readonly IReadOnlyList<KeyValuePair<string, string>> _query;

    public S3Call(HttpContext http, SandboxWorld world)
    {
        (Http, World) = (http, world);
        _query = SignedRequest.Query(http.Request);
        var path = SignedRequest.DecodedPath(http.Request).TrimStart('/');
        if (VirtualBucket(http.Request.Host.Host) is { } bucket)
            (Bucket, Key) = (bucket, path);
        else if (path.Split('/', 2) is [var first, var rest])
            (Bucket, Key) = (first, rest);
        else
            Bucket = path;
    }

    public HttpContext Http { get; }

    public SandboxWorld World { get; }

    /// <summary>Bucket; empty for the service itself.</summary>
    public string Bucket { get; }

    /// <summary>Key; empty for the bucket itself.</summary>
    public string Key { get; } = "";

    /// <summary>Who asks; set once the signature was checked.</summary>
    public SignedRequest Signed { get; set; } = null!;

    public HttpRequest Request => Http.Request;

    public HttpResponse Response => Http.Response;

    public CancellationToken Aborted => Http.RequestAborted;

    public string? Parameter(string name) => _query.Where(q => q.Key == name).Select(q => q.Value).FirstOrDefault();

    public bool Has(string name) => _query.Any(q => q.Key == name);

    /// <summary>A number of the query, from 0 to <paramref name="max"/>.</summary>
    public int Number(string name, int max)
    {
        if (Parameter(name) is not { Length: > 0 } text)
            return max;
        if (!int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw Invalid($"Argument {name} must be an integer between 0 and 2147483647", name, text);
        return Math.Min(number, max);
    }

    /// <summary>There is no such object.</summary>
    public static AwsFailure NoSuchKey(string key) => new("NoSuchKey", "The specified key does not exist.", 404) { Details = new Dictionary<string, string> { ["Key"] = key } };

    /// <summary>There is no such bucket.</summary>
    public static AwsFailure NoSuchBucket(string bucket) => new("NoSuchBucket", "The specified bucket does not exist", 404) { Details = new Dictionary<string, string> { ["BucketName"] = bucket } };

    /// <summary>S3 can do it, the sandbox does not.</summary>
    public static AwsFailure NotImplemented() => new("NotImplemented", "A header or query you provided implies functionality that is not implemented", 501);

    /// <summary>An XML body is not what it should be.</summary>
    public static AwsFailure Malformed() => new("MalformedXML", "The XML you provided was not well-formed or did not validate against our published schema", 400);

    /// <summary>An argument has a bad value.</summary>
    public static AwsFailure Invalid(string message, string name, string value) =>
        new("InvalidArgument", message, 400) { Details = new Dictionary<string, string> { ["ArgumentName"] = name, ["ArgumentValue"] = value } };

    /// <summary>Reads a small XML body and holds it to every hash that came with it.</summary>
    /// <param name="needsDigest">One must have come besides that of the signature.</param>
    public async Task<XElement> DocumentAsync(bool needsDigest = false)
    {
        using var memory = new MemoryStream();
        if (Request.ContentLength is null or > MaxDocument)
            throw new AwsFailure("MissingContentLength", "You must provide the Content-Length HTTP header.", 411);
        await Request.Body.CopyToAsync(memory, Aborted).ConfigureAwait(false);
        if (Signed.PayloadHash != SignedRequest.Unsigned && Signed.PayloadHash != SigV4.Hash(memory.GetBuffer().AsSpan(0, (int)memory.Length)))
            throw new AwsFailure("XAmzContentSHA256Mismatch", "The provided 'x-amz-content-sha256' header does not match what was computed.", 400);
        if (!Payload.Verify(this, memory.GetBuffer().AsSpan(0, (int)memory.Length)) && needsDigest)
            throw new AwsFailure("InvalidRequest", "Missing required header for this request: Content-MD5", 400);
        try
        {
            memory.Position = 0;
            return XElement.Load(memory);
        }
        catch (System.Xml.XmlException)
        {
            throw Malformed();
        }
    }

    /// <summary>Answers 200 with an XML document in S3's namespace.</summary>
    public Task AnswerAsync(string root, params object?[] content)
    {
        var element = new XElement(Space + root, content);
        foreach (var child in element.Descendants().Where(e => e.Name.Namespace == XNamespace.None))
            child.Name = Space + child.Name.LocalName;
        return WriteAsync(element, 200);
    }

    /// <summary>Answers with S3's error document.</summary>
    public Task FailAsync(AwsFailure failure)
    {
        foreach (var (name, value) in failure.Headers)
            Response.Headers[name] = value;
        var error = new XElement("Error", new XElement("Code", failure.Code), new XElement("Message", failure.Message),
            failure.Details.Select(d => new XElement(d.Key, d.Value)),
            new XElement("RequestId", Response.Headers["x-amz-request-id"].ToString()), new XElement("HostId", Response.Headers["x-amz-id-2"].ToString()));
        return WriteAsync(error, failure.Status);
    }

    /// <summary>A time as XML has it.</summary>
    public static string Iso(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.000Z", CultureInfo.InvariantCulture);

    private async Task WriteAsync(XElement element, int status)
    {
        Response.StatusCode = status;
        Response.ContentType = "application/xml";
        var bytes = Encoding.UTF8.GetBytes("""<?xml version="1.0" encoding="UTF-8"?>""" + "\n" + Writable(element).ToString(SaveOptions.DisableFormatting));
        if (HttpMethods.IsHead(Request.Method) || status == 304)
            return;
        Response.ContentLength = bytes.Length;
        await Response.Body.WriteAsync(bytes, Aborted).ConfigureAwait(false);
    }

    // XML 1.0 cannot hold most control characters; S3 has the same trouble, which is why clients ask for encoding-type=url.
    private static XElement Writable(XElement element)
    {
        foreach (var text in element.DescendantNodes().OfType<XText>())
        {
            if (text.Value.Any(c => !System.Xml.XmlConvert.IsXmlChar(c) && !char.IsSurrogate(c)))
                text.Value = string.Concat(text.Value.Select(c => System.Xml.XmlConvert.IsXmlChar(c) || char.IsSurrogate(c) ? c : '\uFFFD'));
        }
        return element;
    }

    // BUCKET.s3.REGION.anything, or BUCKET.localhost.
    private static string? VirtualBucket(string host)
    {
        var at = host.IndexOf(".s3.", StringComparison.Ordinal);
        if (at < 0)
            at = host.EndsWith(".localhost", StringComparison.Ordinal) ? host.Length - ".localhost".Length : -1;
        return at > 0 ? host[..at] is "s3" ? null : host[..at] : null;
    }
}
