using System.Globalization;
using System.Net.Mime;
using FlinkDashboard.Model.Storage;
using FlinkDashboard.Ui.Storage;
using Microsoft.Net.Http.Headers;

namespace FlinkDashboard.Features.Storage;

/// <summary>
/// What goes past the pages: objects to save (<c>/storage/file?at=s3://…</c>) and parts of jars that are uploaded. The viewer's right is asked for each request; what is
/// outside the locations, or could be read as another place, is refused.
/// </summary>
public static partial class StorageEndpoints
{
    /// <summary>Largest object that is saved through the dashboard, bytes.</summary>
    public const long LargestDownload = 2L << 30;

    /// <summary>Maps both.</summary>
    public static void MapStorage(this IEndpointRouteBuilder app)
    {
        app.MapGet("/storage/file", SaveAsync);
        app.MapPut("/storage/upload/{ns}/{name}", PartAsync).DisableAntiforgery(); // asks for more than a token, see there
    }

    private static async Task SaveAsync(HttpContext context, StorageView storage)
    {
        var stop = context.RequestAborted;
        if (context.Request.Query["at"] is not [{ } text] || StorageAddress.Of(text) is not { IsFolder: false } place || StoragePath.Refusal(place.Key) is not null)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, "at must be the address of an object, s3://bucket/key.");
            return;
        }
        var may = await storage.MayAsync(place, stop);
        if (!may.Allowed)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden, may.Reason);
            return;
        }
        var head = await storage.HeadAsync(place, stop);
        if (head.Value is not { } known || head.Failure is not null)
            await RefuseAsync(context, head.Failure?.IsAbsent == true ? StatusCodes.Status404NotFound : StatusCodes.Status502BadGateway, head.Failure?.Message ?? "");
        else if (known.Object.Size > LargestDownload)
            await RefuseAsync(context, StatusCodes.Status413PayloadTooLarge, $"{place.Name} is larger than the {LargestDownload >> 30} GiB that are saved through the dashboard: aws s3 cp {place} .");
        else
            await SendAsync(context, storage, known.Object, stop);
    }

    private static async Task SendAsync(HttpContext context, StorageView storage, StorageObject one, CancellationToken stop)
    {
        var opened = await storage.OpenAsync(one.Address, stop);
        if (opened.Value is not { } content)
        {
            await RefuseAsync(context, StatusCodes.Status502BadGateway, opened.Failure!.Message);
            return;
        }
        await using (content)
        {
            var headers = context.Response.Headers;
            // Whatever it is, a browser must not show it as a page of the dashboard.
            context.Response.ContentType = MediaTypeNames.Application.Octet;
            var attachment = new ContentDispositionHeaderValue("attachment");
            attachment.SetHttpFileName(Plain(one.Address.Name));
            headers.ContentDisposition = attachment.ToString();
            headers.ContentSecurityPolicy = "default-src 'none'; sandbox; frame-ancestors 'none'";
            headers.CacheControl = "no-store";
            try
            {
                await CopyAsync(content, context.Response.Body, stop);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                // Part of it is on its way: the connection ends, which the browser shows.
                context.Abort();
            }
        }
    }

    // Letters that are not seen, or turn the reading round, could make a program look like a picture.
    private static string Plain(string name) => string.Concat(name.Select(c => CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.Control or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '_' : c));

    // The object may have grown since it was looked at.
    private static async Task CopyAsync(Stream from, Stream to, CancellationToken stop)
    {
        var buffer = new byte[131_072];
        long passed = 0;
        while (passed < LargestDownload && await from.ReadAsync(buffer, stop) is > 0 and var count)
        {
            await to.WriteAsync(buffer.AsMemory(0, count), stop);
            passed += count;
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string reason)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(reason, context.RequestAborted);
    }
}
