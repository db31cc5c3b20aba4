using System.Text.Json;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Validation;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Wire;
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
        var bytes = await ReadAsync(http, request.Cancel).ConfigureAwait(false);
        return RequestBody.Parse(request.Type, AsJson(http, bytes));
    }

    /// <summary>A body as JSON text: as it is, or from the API's protobuf form; 415 for other media types.</summary>
    public static ReadOnlyMemory<byte> AsJson(HttpRequest http, ReadOnlyMemory<byte> bytes)
    {
        switch ((http.ContentType ?? "").Split(';')[0].Trim())
        {
            case "" or "*/*" or "application/json":
                return bytes;
            case ProtobufKinds.MediaType:
                try
                {
                    return ProtobufKinds.Read(bytes.Span) is { } node ? JsonSerializer.SerializeToUtf8Bytes(node) : throw Unsupported("application/json");
                }
                catch (FormatException e)
                {
                    throw new ApiError(400, "BadRequest", $"the body is no protobuf of the Kubernetes API: {e.Message}");
                }
            default:
                throw Unsupported("application/json");
        }
    }

    /// <summary>415.</summary>
    public static ApiError Unsupported(string accepted) =>
        new(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: {accepted}");
}
