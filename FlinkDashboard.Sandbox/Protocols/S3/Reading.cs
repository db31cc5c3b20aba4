using System.Globalization;
using FlinkDashboard.Sandbox.Protocols.Aws;
using FlinkDashboard.Sandbox.World.Aws;

namespace FlinkDashboard.Sandbox.Protocols.S3;

/// <summary>GetObject and HeadObject: conditions, then the range.</summary>
internal static class Reading
{
    public static async Task GetAsync(S3Call call, AwsFaults faults)
    {
        var o = call.World.Buckets.Find(call.Bucket, call.Key) ?? throw S3Call.NoSuchKey(call.Key);
        Describe(call, o);
        if (!Preconditions.Check(call.Request.Headers, "", o))
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
        else if (call.Request.Headers["x-amz-checksum-mode"] == "ENABLED")
        {
            foreach (var (name, sum) in o.Checksums)
                call.Response.Headers[name] = sum;
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
