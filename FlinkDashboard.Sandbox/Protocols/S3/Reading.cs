using System.Globalization;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.S3;

/// <summary>GetObject and HeadObject: conditions, then the range.</summary>
internal static class Reading
{
    public static async Task GetAsync(S3Call call, AwsFaults faults)
    {
        var o = call.World.Buckets.Find(call.Bucket, call.Key)
            ?? throw new AwsFailure("NoSuchKey", "The specified key does not exist.", 404) { Details = new Dictionary<string, string> { ["Key"] = call.Key } };
        Describe(call, o);
        if (!Conditions(call, o))
        {
            call.Response.StatusCode = 304;
            return;
        }
        var (start, length) = (0L, o.Size);
        if (Range(call.Request.Headers.Range.ToString(), o) is { } range)
        {
            (start, length) = range;
            call.Response.StatusCode = 206;
            call.Response.Headers.ContentRange = $"bytes {start}-{start + length - 1}/{o.Size}";
        }
        call.Response.ContentLength = length;
        call.Response.ContentType = call.Parameter("response-content-type") ?? o.ContentType;
        if (call.Parameter("response-content-disposition") is { } disposition)
            call.Response.Headers.ContentDisposition = disposition;
        if (HttpMethods.IsGet(call.Request.Method))
            await SendAsync(call, o, start, length, faults.TakeCut()).ConfigureAwait(false);
    }

    private static void Describe(S3Call call, StoredObject o)
    {
        call.Response.Headers.ETag = $"\"{o.ETag}\"";
        call.Response.Headers.LastModified = o.LastModified.ToString("R", CultureInfo.InvariantCulture);
        call.Response.Headers.AcceptRanges = "bytes";
        call.Response.Headers["x-amz-server-side-encryption"] = "AES256";
        foreach (var (name, value) in o.Metadata)
            call.Response.Headers["x-amz-meta-" + name] = value;
    }

    // The order of RFC 9110: tags before times. False: not modified.
    private static bool Conditions(S3Call call, StoredObject o)
    {
        var headers = call.Request.Headers;
        if (headers.IfMatch.ToString() is { Length: > 0 } match)
        {
            if (!Matches(match, o))
                throw Failed("If-Match");
        }
        else if (Time(headers.IfUnmodifiedSince.ToString()) is { } unmodified && Seconds(o) > unmodified)
        {
            throw Failed("If-Unmodified-Since");
        }
        if (headers.IfNoneMatch.ToString() is { Length: > 0 } none)
            return !Matches(none, o);
        return Time(headers.IfModifiedSince.ToString()) is not { } since || Seconds(o) > since;
    }

    private static bool Matches(string header, StoredObject o) => header.Trim() == "*" || header.Split(',').Any(t => t.Trim().Trim('"') == o.ETag);

    private static AwsFailure Failed(string condition) =>
        new("PreconditionFailed", "At least one of the pre-conditions you specified did not hold", 412) { Details = new Dictionary<string, string> { ["Condition"] = condition } };

    private static DateTimeOffset? Time(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null;

    private static DateTimeOffset Seconds(StoredObject o) => DateTimeOffset.FromUnixTimeSeconds(o.LastModified.ToUnixTimeSeconds());

    // A range that cannot be read is ignored, one that begins behind the end is refused.
    private static (long Start, long Length)? Range(string header, StoredObject o)
    {
        if (!header.StartsWith("bytes=", StringComparison.Ordinal) || header["bytes=".Length..].Split('-') is not [var first, var last])
            return null;
        var hasFirst = long.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var from);
        var hasLast = long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var to);
        if ((!hasFirst && first.Length > 0) || (!hasLast && last.Length > 0) || (!hasFirst && !hasLast) || (hasFirst && hasLast && to < from))
            return null;
        if (!hasFirst)
            (from, to) = (Math.Max(0, o.Size - to), to == 0 ? -1 : o.Size - 1);
        else
            to = Math.Min(hasLast ? to : long.MaxValue, o.Size - 1);
        if (from > to)
        {
            throw new AwsFailure("InvalidRange", "The requested range is not satisfiable", 416)
            {
                Details = new Dictionary<string, string> { ["RangeRequested"] = header, ["ActualObjectSize"] = o.Size.ToString(CultureInfo.InvariantCulture) },
            };
        }
        return (from, to - from + 1);
    }

    private static async Task SendAsync(S3Call call, StoredObject o, long start, long length, bool cut)
    {
        var content = o.Open();
        await using (content.ConfigureAwait(false))
        {
            content.Seek(start, SeekOrigin.Begin);
            var buffer = new byte[128 * 1024];
            var left = cut ? length / 2 : length;
            while (left > 0)
            {
                var count = await content.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, left)), call.Aborted).ConfigureAwait(false);
                await call.Response.Body.WriteAsync(buffer.AsMemory(0, count), call.Aborted).ConfigureAwait(false);
                left -= count;
            }
        }
        if (!cut)
            return;
        await call.Response.Body.FlushAsync(call.Aborted).ConfigureAwait(false);
        call.Http.Abort();
    }
}
