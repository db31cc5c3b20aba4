using System.Globalization;
using FlinkDashboard.Access;
using FlinkDashboard.Operations;

namespace FlinkDashboard.Features.Storage;

/// <summary>One part of a jar: <c>PUT /storage/upload/NAMESPACE/NAME?id=…&amp;number=1&amp;size=…</c>, the bytes as its body.</summary>
public static partial class StorageEndpoints
{
    /// <summary>Header that every part carries. No form and no page of another site can send it: a browser would ask this server first, which says no.</summary>
    public const string UploadHeader = "X-Dashboard-Upload";

    private static async Task PartAsync(HttpContext context, string ns, string name, StorageOperations operations, CurrentUser user)
    {
        var (request, query) = (context.Request, context.Request.Query);
        if (request.Headers[UploadHeader] != "1" || !OwnPage.Sent(request))
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, "Parts of an upload are taken from the dashboard's own pages only.");
            return;
        }
        if (query["id"] is not [{ Length: > 0 and <= 2_048 } id] || Number(query["number"]) is not { } number || Number(query["size"]) is not { } size || request.ContentLength is not (>= 0 and <= JarUpload.PartSize))
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "id, number, size and a body of at most 8 MiB with its length are needed.");
            return;
        }
        try
        {
            var sent = await operations.SendPartAsync(new(ns, name, size), id, (int)Math.Min(number, int.MaxValue), (count, stop) => ReadAsync(request, count, stop), user, context.RequestAborted);
            context.Response.Headers.CacheControl = "no-store";
            if (sent.Outcome == Outcome.Accepted)
                context.Response.StatusCode = StatusCodes.Status204NoContent;
            else
                await RefuseAsync(context, sent.Outcome == Outcome.Forbidden ? StatusCodes.Status403Forbidden : sent.IsLasting ? StatusCodes.Status409Conflict : StatusCodes.Status502BadGateway, sent.Message);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or BadHttpRequestException)
        {
            context.Abort(); // the browser has gone, or paused
        }
    }

    // The length that was announced, not more: what is shorter or longer than it should be is refused by the rule.
    private static async Task<byte[]> ReadAsync(HttpRequest request, int expected, CancellationToken stop)
    {
        if (request.ContentLength != expected)
            return new byte[(int)Math.Min(request.ContentLength ?? 0, 64)];
        var content = new byte[expected];
        await request.Body.ReadExactlyAsync(content, stop);
        return content;
    }

    private static long? Number(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
