using System.Globalization;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.S3;

/// <summary>What must hold before an object is read, copied or written, in the order of RFC 9110: tags before times.</summary>
internal static class Preconditions
{
    /// <summary>Before an object is read.</summary>
    /// <param name="headers">Of the request.</param>
    /// <param name="prefix">What the headers' names begin with: nothing, or that of a copy's source.</param>
    /// <param name="o">The object.</param>
    /// <returns>False: not modified.</returns>
    /// <exception cref="AwsFailure">One does not hold.</exception>
    public static bool Check(IHeaderDictionary headers, string prefix, StoredObject o)
    {
        if (headers[prefix + "if-match"].ToString() is { Length: > 0 } match)
        {
            if (!Matches(match, o))
                throw Failed("If-Match");
        }
        else if (Time(headers[prefix + "if-unmodified-since"].ToString()) is { } unmodified && Seconds(o) > unmodified)
        {
            throw Failed("If-Unmodified-Since");
        }
        if (headers[prefix + "if-none-match"].ToString() is { Length: > 0 } none)
            return !Matches(none, o);
        return Time(headers[prefix + "if-modified-since"].ToString()) is not { } since || Seconds(o) > since;
    }

    /// <summary>Before an object is written over another, or where there is none.</summary>
    /// <exception cref="AwsFailure">One does not hold.</exception>
    public static void CheckWrite(S3Call call)
    {
        var (match, none) = (call.Request.Headers.IfMatch.ToString(), call.Request.Headers.IfNoneMatch.ToString());
        if (match.Length == 0 && none.Length == 0)
            return;
        var there = call.World.Buckets.Find(call.Bucket, call.Key);
        if (none == "*" && there is not null)
            throw Failed("If-None-Match");
        if (none.Length > 0 && none != "*")
            throw S3Call.NotImplemented();
        if (match.Length > 0 && !Matches(match, there ?? throw S3Call.NoSuchKey(call.Key)))
            throw Failed("If-Match");
    }

    /// <summary>One does not hold.</summary>
    public static AwsFailure Failed(string condition) =>
        new("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412) { Details = new Dictionary<string, string> { ["Condition"] = condition } };

    private static bool Matches(string header, StoredObject o) => header.Trim() == "*" || header.Split(',').Any(t => t.Trim().Trim('"') == o.ETag);

    private static DateTimeOffset? Time(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;

    private static DateTimeOffset Seconds(StoredObject o) => DateTimeOffset.FromUnixTimeSeconds(o.LastModified.ToUnixTimeSeconds());
}
