using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using FlinkDashboard.Model;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Gateways.Kubernetes;

/// <summary>One page of a list.</summary>
/// <param name="Items">The objects that could be read.</param>
/// <param name="ResourceVersion">Where a watch goes on.</param>
/// <param name="Continue">Token of the next page, or null after the last.</param>
/// <param name="Skipped">Sentences about objects that could not be read.</param>
public sealed record ListPage<T>(IReadOnlyList<T> Items, string ResourceVersion, string? Continue, IReadOnlyList<string> Skipped);

public sealed partial class KubernetesApi
{
    /// <summary>Objects per page, as kubectl and client-go ask.</summary>
    public const int PageSize = 500;

    /// <summary>One page of a kind.</summary>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">Namespace, or null for all and for cluster-scoped kinds.</param>
    /// <param name="next">Continue token of the page before.</param>
    /// <param name="stop">Ends the wait.</param>
    public async Task<ListPage<T>> ListPageAsync<T>(KindInfo<T> kind, string? ns, string? next, CancellationToken stop) where T : class, IKubernetesObject
    {
        var path = $"{ApiPath.Of(kind, ns)}?limit={PageSize}{(next is null ? "" : "&continue=" + Uri.EscapeDataString(next))}";
        var request = new ApiRequest("GET", path);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), limit, RequestTime, Timeout.InfiniteTimeSpan);
        try
        {
            using var response = await SendAsync(request, limit.Token);
            var pipe = PipeReader.Create(await response.Content.ReadAsStreamAsync(limit.Token), new StreamPipeReaderOptions(bufferSize: 65_536));
            try
            {
                return ReadPage(await WholeAsync(pipe, limit.Token), kind.Item);
            }
            finally
            {
                await pipe.CompleteAsync();
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Late(request);
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Broken(request, e);
        }
        catch (JsonException e)
        {
            throw NotUnderstood(request.ToString(), e);
        }
    }

    /// <summary>All pages, one after the other.</summary>
    public async Task<ListPage<T>> ListAsync<T>(KindInfo<T> kind, string? ns, CancellationToken stop) where T : class, IKubernetesObject
    {
        var items = new List<T>();
        var skipped = new List<string>();
        string? next = null;
        while (true)
        {
            var page = await ListPageAsync(kind, ns, next, stop);
            items.AddRange(page.Items);
            skipped.AddRange(page.Skipped);
            if (string.IsNullOrEmpty(next = page.Continue))
                return new(items, page.ResourceVersion, null, skipped);
        }
    }

    /// <summary>One object, fresh from the API server.</summary>
    public async Task<T> GetAsync<T>(KindInfo<T> kind, string? ns, string name, UserIdentity? user, CancellationToken stop) where T : class, IKubernetesObject =>
        Decode(await ReadAsync(new("GET", ApiPath.Of(kind, ns, name)) { As = user }, stop), kind.Item);

    private static async Task<ReadOnlySequence<byte>> WholeAsync(PipeReader pipe, CancellationToken stop)
    {
        while (true)
        {
            var read = await pipe.ReadAsync(stop);
            if (read.IsCompleted)
                return read.Buffer;
            pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private static ListPage<T> ReadPage<T>(ReadOnlySequence<byte> body, JsonTypeInfo<T> type) where T : class
    {
        var reader = new Utf8JsonReader(body);
        var items = new List<T>();
        var skipped = new List<string>();
        ListMeta? metadata = null;
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var (isItems, isMetadata) = (reader.ValueTextEquals("items"u8), reader.ValueTextEquals("metadata"u8));
            reader.Read();
            if (isMetadata)
                metadata = JsonSerializer.Deserialize(ref reader, WireJson.Default.ListMeta);
            else if (isItems && reader.TokenType == JsonTokenType.StartArray)
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    ReadItem(ref reader, type, items, skipped);
            else
                reader.Skip();
        }
        return new(items, metadata?.ResourceVersion ?? "", metadata?.Continue is { Length: > 0 } next ? next : null, skipped);
    }

    private static void ReadItem<T>(ref Utf8JsonReader reader, JsonTypeInfo<T> type, List<T> items, List<string> skipped) where T : class
    {
        var before = reader;
        try
        {
            if (JsonSerializer.Deserialize(ref reader, type) is { } item)
                items.Add(item);
        }
        catch (JsonException e)
        {
            reader = before;
            reader.Skip();
            skipped.Add($"{type.Type.Name} number {items.Count + skipped.Count + 1} of the list cannot be read: {e.Message}");
        }
    }

    private T Decode<T>(byte[] body, JsonTypeInfo<T> type) where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(body, type) ?? throw new JsonException("the body is null");
        }
        catch (JsonException e)
        {
            throw NotUnderstood(type.Type.Name, e);
        }
    }

    private KubernetesApiException NotUnderstood(string what, JsonException e) =>
        new(0, "NotUnderstood", $"{connector.Name} answered {what} with something that is not the expected JSON: {e.Message}", inner: e);
}
