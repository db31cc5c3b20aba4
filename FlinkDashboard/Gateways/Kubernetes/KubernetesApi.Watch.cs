using System.Buffers;
using System.Globalization;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using FlinkDashboard.Model.Kinds;

namespace FlinkDashboard.Gateways.Kubernetes;

public sealed partial class KubernetesApi
{
    /// <summary>
    /// A server or a load balancer that stopped sending without closing must not hold us for ever. Bookmarks come about once a minute, so
    /// longer silence means a dead connection, or at worst a needless new watch.
    /// </summary>
    private static readonly TimeSpan SilenceLimit = TimeSpan.FromSeconds(150);

    /// <summary>
    /// Watches a kind from a resourceVersion. Ends quietly when the server closes (watch again from the last resourceVersion); throws
    /// <see cref="KubernetesApiException"/> when it breaks, with <see cref="KubernetesApiException.IsExpired"/> when a new list is needed.
    /// </summary>
    /// <param name="kind">The kind.</param>
    /// <param name="ns">Namespace, or null for all.</param>
    /// <param name="resourceVersion">Of the list, or of the last event.</param>
    /// <param name="life">How long the server shall keep it open.</param>
    /// <param name="opened">Told when the server has accepted the watch.</param>
    /// <param name="stop">Ends the watch.</param>
    public async IAsyncEnumerable<WatchEvent<T>> WatchAsync<T>(
        KindInfo<T> kind, string? ns, string resourceVersion, TimeSpan life, Action opened, [EnumeratorCancellation] CancellationToken stop) where T : class, IKubernetesObject
    {
        var seconds = ((int)life.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var request = new ApiRequest("GET", $"{ApiPath.Of(kind, ns)}?watch=true&allowWatchBookmarks=true&timeoutSeconds={seconds}&resourceVersion={Uri.EscapeDataString(resourceVersion)}");
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var timer = time.CreateTimer(static s => ((CancellationTokenSource)s!).Cancel(), limit, RequestTime, Timeout.InfiniteTimeSpan);
        using var response = await OpenAsync(request, limit.Token, stop);
        opened();
        await using var stream = await response.Content.ReadAsStreamAsync(limit.Token);
        var pipe = PipeReader.Create(stream, new StreamPipeReaderOptions(bufferSize: 16_384));
        try
        {
            while (true)
            {
                timer.Change(SilenceLimit, Timeout.InfiniteTimeSpan);
                var (buffer, last) = await MoreAsync(pipe, request, limit.Token, stop);
                while (Line(ref buffer, last, out var line))
                    if (line.Length > 1)
                        yield return WatchLine.Read(line, kind.Item);
                pipe.AdvanceTo(buffer.Start, buffer.End);
                if (last)
                    yield break;
            }
        }
        finally
        {
            await pipe.CompleteAsync();
        }
    }

    private async Task<HttpResponseMessage> OpenAsync(ApiRequest request, CancellationToken limit, CancellationToken stop)
    {
        try
        {
            return await SendAsync(request, limit);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            throw Late(request);
        }
    }

    private async Task<(ReadOnlySequence<byte>, bool)> MoreAsync(PipeReader pipe, ApiRequest request, CancellationToken limit, CancellationToken stop)
    {
        try
        {
            var read = await pipe.ReadAsync(limit);
            return (read.Buffer, read.IsCompleted);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return (default, true); // silent too long: end here, the caller watches again
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            throw Broken(request, e);
        }
    }

    private static bool Line(ref ReadOnlySequence<byte> buffer, bool last, out ReadOnlySequence<byte> line)
    {
        if (buffer.PositionOf((byte)'\n') is { } end)
        {
            (line, buffer) = (buffer.Slice(0, end), buffer.Slice(buffer.GetPosition(1, end)));
            return true;
        }
        (line, buffer) = last ? (buffer, buffer.Slice(buffer.End)) : (default, buffer);
        return last && !line.IsEmpty;
    }
}
