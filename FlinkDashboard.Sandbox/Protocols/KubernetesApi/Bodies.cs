using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>Reads request bodies.</summary>
internal static class Bodies
{
    private const int Limit = 3 * 1024 * 1024;

    /// <summary>A whole body; 413 beyond 3 MiB.</summary>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, CancellationToken cancel)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancel).ConfigureAwait(false)) > 0)
        {
            bytes.Write(buffer, 0, read);
            if (bytes.Length > Limit)
                throw new ApiError(413, "RequestEntityTooLarge", $"Request entity too large: limit is {Limit}");
        }
        return bytes.ToArray();
    }

    /// <summary>A JSON object; 415 for other media types, 400 for other content.</summary>
    public static async Task<RequestBody> ReadObjectAsync(ApiRequest request)
    {
        var http = request.Http.Request;
        var media = (http.ContentType ?? "").Split(';')[0].Trim();
        if (media is not ("application/json" or "*/*" or ""))
            throw Unsupported("application/json");
        return RequestBody.Parse(request.Type, await ReadAsync(http, request.Cancel).ConfigureAwait(false));
    }

    /// <summary>415.</summary>
    public static ApiError Unsupported(string accepted) =>
        new(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: {accepted}");
}
