using System.Globalization;
using System.IO.Compression;
using System.Text;
using FlinkDashboard.Gateways.CloudWatchLogs;
using FlinkDashboard.Gateways.Kubernetes;
using FlinkDashboard.Model.Logs;
using FlinkDashboard.Ui.Logs;
using FlinkDashboard.Ui.Menu;
using Microsoft.AspNetCore.Http.Features;

namespace FlinkDashboard.Features.Logs;

/// <summary>
/// The lines of a window as a file: <c>/logs/download?way=…&amp;ns=…&amp;name=…&amp;from=…&amp;to=…</c>, with <c>gz=1</c> packed. Nothing is held: line after line goes from the source to the
/// browser. The viewer's right is asked for each request; secrets are masked.
/// </summary>
public static class LogDownloadEndpoint
{
    private const int Chunk = 32_768;

    /// <summary>Maps the download.</summary>
    public static void MapLogDownload(this IEndpointRouteBuilder app) => app.MapGet("/logs/download", AnswerAsync);

    private static async Task AnswerAsync(HttpContext context, LogDoor door, TimeProvider time)
    {
        var now = time.GetUtcNow();
        var address = LogAddress.Of(PageQuery.Of(context.Request.QueryString.Value ?? ""), null, null, now);
        var place = address.Place;
        if (place.Way == LogWay.Archive || (place.Name is null && place.Group is null))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "An application (ns and name) or a log group is needed. Archives are files: Storage has them.");
            return;
        }
        var stop = context.RequestAborted;
        var (may, found) = await door.DownloadAsync(place, address.View with { IsLive = false }, stop);
        if (found is null)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, may.Reason);
            return;
        }
        try
        {
            await using var lines = found.GetAsyncEnumerator(stop);
            // The first line before the answer begins: what cannot be read is then said with a status of its own.
            var any = await lines.MoveNextAsync();
            await WriteAsync(context, lines, any, FileName(place, address, now), stop);
        }
        catch (Exception e) when (e is KubernetesApiException or CloudWatchLogsException)
        {
            await RefuseAsync(context, e is KubernetesApiException { IsForbidden: true } ? StatusCodes.Status403Forbidden : StatusCodes.Status502BadGateway, e.Message);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // The browser has gone, or sees that the file ends early.
            context.Abort();
        }
    }

    private static async Task WriteAsync(HttpContext context, IAsyncEnumerator<string> lines, bool any, string name, CancellationToken stop)
    {
        var packed = context.Request.Query["gz"] == "1";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        context.Response.ContentType = packed ? "application/gzip" : "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}{(packed ? ".gz" : "")}\"";
        await using var target = packed ? new GZipStream(context.Response.Body, CompressionLevel.Fastest, leaveOpen: true) : Stream.Null;
        var body = packed ? target : context.Response.Body;
        var buffer = new StringBuilder(Chunk + 1024);
        while (any)
        {
            buffer.Append(AnsiText.Strip(lines.Current)).Append('\n');
            if (buffer.Length >= Chunk)
                await FlushAsync(body, buffer, stop);
            any = await lines.MoveNextAsync();
        }
        await FlushAsync(body, buffer, stop);
    }

    private static async Task FlushAsync(Stream body, StringBuilder buffer, CancellationToken stop)
    {
        await body.WriteAsync(Encoding.UTF8.GetBytes(buffer.ToString()), stop);
        buffer.Clear();
    }

    // orders-20261129T093100Z-20261129T103100Z.log
    private static string FileName(LogPlace place, LogAddress address, DateTimeOffset now)
    {
        var name = new string([.. (place.Name ?? place.Group!.Trim('/')).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' ? c : '-')]);
        return $"{name[..Math.Min(name.Length, 120)]}-{(address.View.From is { } from ? Text(from) : "begin")}-{Text(address.View.To ?? now)}.log";
    }

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return Task.CompletedTask;
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }
}
