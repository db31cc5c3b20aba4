using System.Text;
using System.Xml.Linq;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.S3;

/// <summary>Buckets, and pages of the objects in one.</summary>
internal static class Listings
{
    private const int PageSize = 1_000;

    /// <summary>ListBuckets.</summary>
    public static Task BucketsAsync(S3Call call) => call.AnswerAsync("ListAllMyBucketsResult", Owner(),
        new XElement("Buckets", call.World.Buckets.Names.Select(n => new XElement("Bucket", new XElement("Name", n), new XElement("CreationDate", S3Call.Iso(call.World.Buckets.Created))))));

    /// <summary>HeadBucket.</summary>
    public static Task HeadBucketAsync(S3Call call)
    {
        call.Response.Headers["x-amz-bucket-region"] = AwsAccount.Region;
        return Task.CompletedTask;
    }

    /// <summary>GetBucketLocation.</summary>
    public static Task LocationAsync(S3Call call) => call.AnswerAsync("LocationConstraint", AwsAccount.Region);

    /// <summary>ListObjectsV2.</summary>
    public static Task ObjectsAsync(S3Call call)
    {
        var encoding = call.Parameter("encoding-type");
        if (encoding is not (null or "url"))
            throw S3Call.Invalid("Invalid Encoding Method specified in Request", "encoding-type", encoding);
        var prefix = call.Parameter("prefix") ?? "";
        var token = call.Parameter("continuation-token");
        var startAfter = call.Parameter("start-after");
        var page = Page(call.World.Buckets.List(call.Bucket, prefix), prefix, call.Parameter("delimiter") ?? "", token is null ? startAfter : Read(token), call.Number("max-keys", PageSize));
        string Written(string key) => encoding is null ? key : SigV4.EncodePath(key);
        XElement? Given(string name, string? value) => value is null ? null : new XElement(name, value);
        return call.AnswerAsync("ListBucketResult",
            new XElement("Name", call.Bucket), new XElement("Prefix", Written(prefix)), Given("StartAfter", startAfter is null ? null : Written(startAfter)),
            Given("ContinuationToken", token), Given("NextContinuationToken", page.Last is null ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(page.Last))),
            new XElement("KeyCount", page.Objects.Count + page.Prefixes.Count), new XElement("MaxKeys", call.Number("max-keys", PageSize)),
            Given("Delimiter", call.Parameter("delimiter") is { } delimiter ? Written(delimiter) : null), Given("EncodingType", encoding),
            new XElement("IsTruncated", page.Last is not null ? "true" : "false"),
            page.Objects.Select(o => Contents(o, Written, call.Parameter("fetch-owner") == "true")),
            page.Prefixes.Select(p => new XElement("CommonPrefixes", new XElement("Prefix", Written(p)))));
    }

    /// <summary>Owner of everything.</summary>
    public static XElement Owner(string name = "Owner") => new(name, new XElement("ID", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData("owner"u8))), new XElement("DisplayName", "sandbox"));

    // After the marker come keys that sort behind it; those below a marker that is a common prefix were in that prefix.
    private static ListingPage Page(IReadOnlyList<StoredObject> all, string prefix, string delimiter, string? marker, int size)
    {
        var objects = new List<StoredObject>();
        var prefixes = new List<string>();
        string? last = null;
        foreach (var o in all)
        {
            var at = delimiter.Length == 0 ? -1 : o.Key.IndexOf(delimiter, prefix.Length, StringComparison.Ordinal);
            var name = at < 0 ? o.Key : o.Key[..(at + delimiter.Length)];
            if ((marker is not null && Buckets.KeyOrder.Instance.Compare(name, marker) <= 0) || (prefixes.Count > 0 && at >= 0 && name == prefixes[^1]))
                continue;
            if (objects.Count + prefixes.Count == size)
                return new(objects, prefixes, size == 0 ? null : last);
            last = name;
            if (at < 0)
                objects.Add(o);
            else
                prefixes.Add(name);
        }
        return new(objects, prefixes, null);
    }

    private static XElement Contents(StoredObject o, Func<string, string> written, bool owner) => new("Contents",
        new XElement("Key", written(o.Key)), new XElement("LastModified", S3Call.Iso(o.LastModified)), new XElement("ETag", $"\"{o.ETag}\""),
        new XElement("Size", o.Size), owner ? Owner() : null, new XElement("StorageClass", "STANDARD"));

    private static string Read(string token)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(token));
        }
        catch (FormatException)
        {
            throw S3Call.Invalid("The continuation token provided is incorrect", "continuation-token", token);
        }
    }

    private sealed record ListingPage(List<StoredObject> Objects, List<string> Prefixes, string? Last);
}
